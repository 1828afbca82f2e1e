"""Bringing in a file of reviews."""

from casework.ui.forms import FileField, GovukForm


class ReturnFileForm(GovukForm):
    """The file a setting sent."""

    file = FileField(
        label="Which file did the setting send?", subject="the file", accept=".csv,text/csv", label_size="m",
        hint="A CSV file with one row for each review, up to 2 MB",
    )  # fmt: skip
