"""Every rule of the import: how grave a breach is, what is wrong in words, how to mend it.

The codes are Waymark's own, SCH-, GDE-, SIB-, PRA- and INF- after its register of rules (docs/domain/sen2-import.md),
WM- where only the import needs them. None is a DfE rule number. An error is a person whose data cannot be stored
rightly; a query is kept, marked and listed for mending.
"""

from dataclasses import dataclass

ERROR = "error"
QUERY = "query"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `problem` and `mend` may name {element}, {name}, {value}, {other} and {more}."""

    code: str
    severity: str
    problem: str
    mend: str


def _rules(severity: str, *rows: tuple[str, str, str]) -> dict[str, Rule]:
    return {code: Rule(code, severity, problem, mend) for code, problem, mend in rows}


_AT_SOURCE = "Correct it in the system that wrote the file and make the file again."

FORMAT_DATE = Rule(
    "", ERROR, "{name}: “{value}” is not a real day written as year-month-day.",
    "Give the day as ccyy-mm-dd, such as 2025-03-31, or leave the element out when it is not known.",
)  # fmt: skip
FORMAT_CODE = Rule(
    "", ERROR, "{name}: the return of {more} has no code “{value}”.", "Use one of its codes: {other}."
)  # fmt: skip

RULES: dict[str, Rule] = {
    **_rules(
        ERROR,
        ("SCH-002", "{name} is given twice in one place, so it is not clear which value holds.", _AT_SOURCE),
        ("SCH-006", "There are {more} <{element}> where the form has room for {other}.", _AT_SOURCE),
        ("SCH-011", "There is no surname.", "Give the surname."),
        ("SCH-013", "There is no date of birth.", "Give the date of birth."),
        ("SCH-060", "The UPN is not a UPN: {more}", "Give the 13 characters, or leave it out and give a reason."),
        ("SCH-061", "The ULN is not a ULN: {more}", "Give the 10 digits, or leave it out and give a reason."),
        ("SCH-062", "“{value}” is not a URN: a URN has up to 6 digits.", "Give the URN, or a setting code instead."),
        ("SCH-063", "“{value}” is not a UKPRN: a UKPRN has 8 digits.", "Give the UKPRN, or a setting code instead."),
        ("SIB-1520", "Person {other} has the same UPN.", "Find out whose UPN it is and correct the other person's."),
        ("SIB-1578", "Person {other} has the same ULN.", "Find out whose ULN it is and correct the other person's."),
        ("INF-002", "{name} ({value}) is before the date of birth ({other}).", "Correct one of the two dates."),
        ("WM-001", "{name} ({value}) is after {other}, the day the file is read.", "Correct the date."),
        ("WM-002", "{name} is longer than {other} characters.", "Shorten it."),
        ("INF-007", "The request has no outcome.", "Give RequestOutcome: Y, N, A, W or H."),
        ("INF-008", "{name} ({value}) is before the request was received ({other}).", "Correct one of the two dates."),
        ("GDE-011", "The request was decided but the day is missing.", "Give RequestOutcomeDate."),
        ("INF-012", "The child has two requests that are open at the same time.", "Close one, or leave one out."),
        ("INF-020", "The assessment has no outcome.", "Give AssessmentOutcome: Y, N, A, W or H."),
        ("INF-021", "{name} ({value}) is before the decision to assess ({other}).", "Correct one of the two dates."),
        ("GDE-018", "It was decided not to issue a plan but the day is missing.", "Give AssessmentOutcomeDate."),
        ("INF-028", "A plan was issued but the day is missing.", "Give AssessmentOutcomeDate."),
        ("INF-030", "The plan has no start date.", "Give StartDate, the date of the current plan."),
        ("INF-033", "The plan ceased ({value}) before it started ({other}).", "Correct one of the two dates."),
        ("INF-034", "The plan ceased but no reason is given.", "Give CeaseReason."),
        ("INF-046", "Two plans of this child overlap: one from {value}, one from {other}.", "Keep one of them."),
        ("GDE-030", "More than one of URN, UKPRN and SENsetting is given for one place.", "Keep one of them."),
        ("GDE-032", "Two places are listed and {name} does not say which is primary.", "Give PlacementRank 1 and 2."),
        ("INF-036", "Two places named in the plan have the same rank.", "Give rank 1 to one and rank 2 to the other."),
        ("INF-048", "The placement has no start date.", "Give EntryDate."),
        ("INF-049", "The placement ended ({value}) before it started ({other}).", "Correct one of the two dates."),
        ("INF-051", "Two primary placements overlap: one from {value}, one from {other}.",
         "Give the first its LeavingDate, or give one of them rank 2."),
        ("GDE-043", "Two needs have the same rank, or a rank is missing.", "Give one need rank 1 and the other rank 2."),
        ("INF-055", "The same need is given twice.", "Keep it once."),
    ),
    **_rules(
        QUERY,
        ("SCH-010", "{name} is empty. It was read as not given.", "Leave an element out when there is no value."),
        ("SCH-012", "There is no forename.", "Give the forename."),
        ("SCH-014", "The sex is not given.", "Give Sex."),
        ("SCH-015", "The ethnic group is not given.", "Give Ethnicity; NOBT when it has not been obtained."),
        ("WM-101", "<{element}> is not part of the form. It was not read.", "Check its name and place."),
        ("SIB-1510", "The UPN has the wrong check letter. It was kept.", "Compare it with the school's record."),
        ("SIB-1575", "The ULN has the wrong check digit, or stands for a missing one. It was kept.",
         "Compare it with the Learning Records Service."),
        ("GDE-003", "There is neither UPN nor ULN, and no reason why.", "Give one of them, or UPNunknown."),
        ("GDE-007", "There is no home postcode.", "Give it, or explain in a note to COLLECT why it cannot be had."),
        ("WM-102", "“{value}” is not a UK postcode. It was kept.", "Correct the postcode."),
        ("INF-003", "The person is over 25 on the census day.", "Check the date of birth, and whether the plan ceased."),
        ("INF-005", "The person has no request, so nothing but the person was read.", "Give the request, or leave out."),
        ("GDE-008", "The day the request was received is not given.", "Give ReceivedDate: the 20 weeks run from it."),
        ("GDE-009", "Who made the request is not given.", "Give RequestSource."),
        ("GDE-015", "The person moved away, yet an assessment or plan follows.", "Leave out what follows Exported."),
        ("WM-103", "The return says that this happened but not when: {more}. {other} was recorded.",
         "Open the case and correct the day."),
        ("INF-014", "The request is undecided or withdrawn, yet an assessment follows. It was read.",
         "Check RequestOutcome."),
        ("INF-013", "The decision was to assess, but there is no assessment.", "Give Assessment with its outcome."),
        ("WM-104", "A plan was issued but is not in the file, so only the request was read.", "Give NamedPlan."),
        ("INF-029", "The decision was not to issue, yet there is a plan. Both were kept.",
         "Say by AssessmentMediation or AssessmentTribunal how the decision was changed."),
        ("WM-105", "A reason for ceasing is given without a date, so the plan counts as going on.", "Give CeaseDate."),
        ("INF-037", "No setting is given: none of URN, UKPRN and SENsetting.", "Give one of the three."),
        ("INF-038", "{more}", "Check the number in Get Information About Schools, and load a newer register."),
        ("INF-040", "Both SEN unit and resourced provision are marked. It counts as a SEN unit.", "Mark one of them."),
        ("INF-044", "The plan is active but nothing is said about placement and needs.", "Give ActivePlans."),
        ("PRA-212", "The placements stand under another request than the plan. They were read with the plan.",
         "Put ActivePlans into the request its plan hangs from."),
        ("WM-106", "There are placements but no plan. The placements were read; needs and reviews were not.",
         "Give NamedPlan."),
        ("INF-054", "The plan has no primary need.", "Give SENneed with rank 1."),
        ("GDE-043Q", "The only need has no rank 1. It was read as the primary need.", "Give SENtypeRank 1."),
        ("GDE-032Q", "The only place has no rank. It was read as primary.", "Give PlacementRank 1."),
        ("WM-107", "The child left one placement ({value}) on the day the next began. It was ended the day before.",
         "Give the last day there as LeavingDate."),
        ("WM-108", "The same placement is listed twice. It was read once.", "Keep it once."),
        ("INF-058", "The review has a decision without a date, or a date without a decision.",
         "Give both ReviewOutcome and LastReview."),
        ("INF-061", "A phase transfer plan date is given without its due date. It was not read.",
         "Give PhaseTransferDueDate."),
        ("GDE-001", "The reference date ({value}) is not the census day of the return, {other}.",
         "Check the year and the reference date."),
        ("WM-201", "{name}: Waymark has “{other}” from a caseworker and the return says “{value}”. Kept “{other}”.",
         "Find out which is right; correct the record or the next return."),
        ("WM-202", "Waymark has “{other}” and the return says “{value}”. A first decision stands; kept “{other}”.",
         "Find out which is right, and correct the case if it is the return."),
        ("WM-203", "The named setting differs from the last return but StartDate does not. {more}",
         "Give the amended plan its own date."),
        ("WM-204", "The return lists a placement from {value} that overlaps one Waymark has from {other}. {more}",
         "Give the earlier placement its last day."),
        ("WM-205", "The {name} belongs to another child in Waymark, so it was not stored for this one.",
         "Find out whose it is."),
        ("WM-206", "The return says the plan is of {value}; Waymark has a newer one of {other}. Kept {other}.",
         "Nothing, when this return is older than what Waymark has; else correct StartDate."),
        ("WM-207", "The return gives no date of ceasing, but the plan ceased on {other} in Waymark. Kept.",
         "Correct the case if the plan did not cease."),
        ("WM-208", "The plan of {value} overlaps another plan that Waymark has from {other}. It was not stored.",
         "Find out which plan is right."),
    ),
}  # fmt: skip
