"""The letters that come with Waymark, as lines for `casework.word.build`. An authority replaces them with its own.

Each says what the law asks of it (`casework.rules.letter_kinds`, `must_say`); a test holds them to that.
"""

from casework.rules.letter_kinds import LetterKind

_HEAD = """
{{authority_name}}

{{team_address}}

~

{{recipient_name}}

{{recipient_address}}

~

{{letter_date}}

Our reference: {{reference}}

~

Dear {{recipient_salutation}}
"""
_END = """
Yours sincerely

~

{{officer_name}}

{{officer_email}}
"""
_HELP = """
# Information, advice and support

You can get free and impartial information, advice and support from:

{{sendiass}}
"""
_APPEAL = """
# If you do not agree

Please talk to us first if you would like to: often a conversation settles a question sooner.

You have a right of appeal to the First-tier Tribunal (Special Educational Needs and Disability). You must appeal
within two months of the date of this letter, that is by {{appeal_deadline}}, or within one month of the date of a
mediation certificate, whichever is later.

{{tribunal}}

# Mediation

Before you appeal you must contact a mediation adviser, unless you appeal only about the setting or type of setting
named in section I of a plan. Contact the adviser within two months of the date of this letter, that is by
{{mediation_deadline}}. You do not have to take part in mediation: if you decide not to, the adviser gives you a
certificate within three working days, and you can appeal with it. If you decide for mediation, we must take part, it
costs you nothing, and you get a certificate afterwards.

{{mediation_adviser}}

# Disagreement resolution

You can also use the disagreement resolution service. It is voluntary, costs you nothing, and does not take away your
right of appeal or move its time limit.

{{disagreement_resolution}}
"""
_ASSESS = """
# {{child_name}}, born {{child_birth_date}}

On {{request_received_date}} we received the request for an education, health and care (EHC) needs assessment of
{{child_first_name}}. We have decided to carry out the assessment.

We are asking you, {{child_first_name}}’s setting, health services, an educational psychologist and social care for
advice. They have six weeks to reply. You can also send us your views and any report you want us to read.

If we then decide that an EHC plan is needed, you will have the final plan by {{final_plan_due}}. If we decide that no
plan is needed, we will tell you why, and how you can appeal.
"""
_REFUSE_ASSESS = """
# {{child_name}}, born {{child_birth_date}}

You asked, or somebody asked for you, for an education, health and care (EHC) needs assessment of
{{child_first_name}}. On {{decision_date}} we decided not to carry out an assessment. I am sorry that this is not the
answer you hoped for.

# Why

The law asks whether {{child_first_name}} has or may have special educational needs, and whether special educational
provision may have to be made in accordance with an EHC plan. This part of the test is not met: {{decision_test}}.

{{decision_reasons}}

We looked at: {{decision_evidence}}.
"""
_REFUSE_ISSUE = """
# {{child_name}}, born {{child_birth_date}}

We have carried out an education, health and care (EHC) needs assessment of {{child_first_name}}. On {{decision_date}}
we decided, in the light of the assessment, not to issue an EHC plan.

# Why

This is what we decided: {{decision_test}}.

{{decision_reasons}}

We looked at: {{decision_evidence}}.

The advice we received is enclosed. It can help {{child_first_name}}’s setting to plan support.
"""
_ADVICE_REQUEST = """
# {{child_name}}, born {{child_birth_date}}

We are carrying out an education, health and care needs assessment of {{child_first_name}} and ask for your advice
under regulation 6 of the Special Educational Needs and Disability Regulations 2014.

{{advice_wanted}}

Please say what {{child_first_name}}’s needs are, what outcomes should be sought, and what provision is needed for
them. You must reply within six weeks of receiving this request: for a letter received today, by {{advice_due}}.
"""
_ADVICE_REMINDER = """
# {{child_name}}, born {{child_birth_date}}

On {{advice_asked_date}} we asked for your advice for the education, health and care needs assessment of
{{child_first_name}}. It was due by {{advice_was_due}}, and we have not received it.

The law gives six weeks (regulation 8 of the Special Educational Needs and Disability Regulations 2014), and the
family is waiting. Please send the advice now, or tell us today what stands in the way.
"""
_DRAFT_PLAN = """
# {{child_name}}, born {{child_birth_date}}

Here is the draft of {{child_first_name}}’s education, health and care plan, with the advice it rests on.

You have at least 15 days, beginning with the day you were given this draft: until {{reply_by}}. In that time you can
tell us what you think of it, ask us to meet you, and ask for a particular school or other setting to be named.

Section I of a draft names no setting. You can see what there is to choose from in our local offer:

{{local_offer}}
"""
_FINAL_PLAN = """
# {{child_name}}, born {{child_birth_date}}

Here is {{child_first_name}}’s final education, health and care plan. Section I names: {{setting_named}}.

We must arrange the special educational provision in section F from today. We will review the plan at least once in
every twelve months.

You can appeal about the needs in section B, the provision in section F, and the setting or type of setting in section
I.
"""
_REVIEW_NOTICE = """
# {{child_name}}, born {{child_birth_date}}

We invite you to the annual review of {{child_first_name}}’s education, health and care plan.

When: {{review_date}}

Where: {{review_place}}

At the meeting we look at the progress towards the outcomes, and whether the plan should stay as it is, change or end.
Please send us what you would like everybody to read; all papers go out at least two weeks before the meeting.

After the meeting we decide within four weeks, and tell you in writing.
"""
_AMENDMENT_NOTICE = """
# {{child_name}}, born {{child_birth_date}}

We propose to amend {{child_first_name}}’s education, health and care plan. The plan as it is now, and the evidence
for the changes, are enclosed.

# What we propose

{{proposed_amendments}}

You have at least 15 days, beginning with the day you were given this notice: until {{reply_by}}. In that time you can
tell us what you think, ask us to meet you, and ask for a particular school or other setting to be named.

We will send the final amended plan, or tell you that we will not amend it, within eight weeks of this notice.
"""
_CEASE_CONSULT = """
# {{child_name}}, born {{child_birth_date}}

We are thinking of ceasing to maintain {{child_first_name}}’s education, health and care plan. Nothing has been
decided. Before we decide we must ask you, and the setting named in the plan.

# Why we are thinking of it

{{cease_reasons}}

Please tell us what you think, in writing or in a meeting. The plan goes on meanwhile.
"""
_CEASE_DECIDED = """
# {{child_name}}, born {{child_birth_date}}

We have decided to cease to maintain {{child_first_name}}’s education, health and care plan from {{cease_date}}. Until
the time to appeal has ended, and until an appeal is decided, we go on maintaining the plan.

# Why

{{cease_reasons}}
"""


def _lines(*blocks: str) -> tuple[str, ...]:
    """A line for each paragraph: in a block, paragraphs stand apart by an empty line; "~" is an empty paragraph."""
    paragraphs = "\n\n".join(blocks).split("\n\n")
    joined = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return tuple("" if one == "~" else one for one in joined if one)


STARTERS: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.ASSESS: _lines(_HEAD, _ASSESS, _HELP, _END),
    LetterKind.REFUSE_ASSESS: _lines(_HEAD, _REFUSE_ASSESS, _APPEAL, _HELP, _END),
    LetterKind.REFUSE_ISSUE: _lines(_HEAD, _REFUSE_ISSUE, _APPEAL, _HELP, _END),
    LetterKind.ADVICE_REQUEST: _lines(_HEAD, _ADVICE_REQUEST, _END),
    LetterKind.ADVICE_REMINDER: _lines(_HEAD, _ADVICE_REMINDER, _END),
    LetterKind.DRAFT_PLAN: _lines(_HEAD, _DRAFT_PLAN, _HELP, _END),
    LetterKind.FINAL_PLAN: _lines(_HEAD, _FINAL_PLAN, _APPEAL, _HELP, _END),
    LetterKind.REVIEW_NOTICE: _lines(_HEAD, _REVIEW_NOTICE, _END),
    LetterKind.AMENDMENT_NOTICE: _lines(_HEAD, _AMENDMENT_NOTICE, _HELP, _END),
    LetterKind.CEASE_CONSULT: _lines(_HEAD, _CEASE_CONSULT, _HELP, _END),
    LetterKind.CEASE_DECIDED: _lines(_HEAD, _CEASE_DECIDED, _APPEAL, _HELP, _END),
}
"""Every kind but OTHER, which is an authority's own."""
