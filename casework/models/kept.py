"""What a person keeps for themselves: filters of My work by name, and what they had typed when their session ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.audit import untracked
from casework.columns import public_id
from casework.models.users import Team


@untracked("A person's own choice of what a list shows; it changes no record of a child.")
class SavedFilter(models.Model):
    """A view of My work by name. `query` is the part of the address after the question mark."""

    public_id = public_id()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="saved_filters",
        help_text="The team that may use it too.",
    )  # fmt: skip
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True, default="")
    is_default = models.BooleanField("opens My work", default=False, db_default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_filter_name_once",
                violation_error_message="You already have a filter of this name.",
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(is_default=True),
                name="saved_filter_one_default",
                violation_error_message="Another filter already opens My work.",
            ),
            models.CheckConstraint(
                condition=Q(name__gt=""),
                name="saved_filter_has_a_name",
                violation_error_message="Give the filter a name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@untracked(
    "Answers of unfinished tasks, kept a few days for the person who typed them; what is recorded of them is tracked."
)
class UnfinishedWork(models.Model):
    """What a person had typed when their session ended. Given back when they sign in again, then removed.

    `tasks` are the answers of tasks of several pages; `forms` what was sent just after the session had ended, by path.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    tasks = models.JSONField(default=dict, blank=True)
    forms = models.JSONField(default=dict, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="unfinished_work_at")]
