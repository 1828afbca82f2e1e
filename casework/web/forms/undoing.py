"""Why a decision is undone."""

from casework.ui.forms import GovukForm, LongTextField


class UndoForm(GovukForm):
    """The reason, which stays beside the decision for everybody who reads the timeline."""

    reason = LongTextField(
        label="Why was this decision recorded by mistake?",
        hint="Such as “recorded on the wrong child”. Everybody who reads the timeline will see this.",
        subject="why the decision was recorded by mistake",
        max_length=300,
        rows=3,
    )
