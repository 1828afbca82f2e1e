"""Forms of the data pages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from casework.ui.forms import CheckboxField, FileField, GovukForm, RadiosField


class ReturnUploadForm(GovukForm):
    """The file of a return."""

    file = FileField(
        label="SEN2 return",
        subject="the SEN2 return",
        hint="The XML file that was, or would be, loaded to COLLECT: 2023, 2024, 2025 or 2026",
        accept=".xml",
    )

    def clean_file(self) -> Any:
        """Not larger than returns can be."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.SEN2_MAX_BYTES:
            raise ValidationError(
                "The selected file is larger than a SEN2 return can be. Check that it is the right file"
            )
        return upload


class ImportForm(GovukForm):
    """The go-ahead."""

    leave_out = CheckboxField(label="Leave out the persons with errors and import the others", required=False)


class MatchForm(GovukForm):
    """Whether a person of a file is the child shown."""

    answer = RadiosField(
        label="Is this the same child?",
        subject="whether this is the same child",
        choices=[("same", "Yes, the same child"), ("different", "No, a different child")],
        inline=True,
        small=True,
    )
