"""Returns brought in: what was uploaded, what was found, what was done."""

from django.conf import settings
from django.db import models

from casework.audit import tracked, untracked
from casework.columns import one_of, public_id
from casework.models import Child


class ImportState(models.TextChoices):
    """How far an import has come."""

    CHECKING = "checking", "Being checked"
    REFUSED = "refused", "Refused: nothing was written"
    CHECKED = "checked", "Checked: nothing is written yet"
    IMPORTING = "importing", "Being imported"
    DONE = "done", "Imported"
    FAILED = "failed", "Stopped by a fault: nothing was written"


@tracked()
class ReturnImport(models.Model):
    """One SEN2 file: who brought it, what it is and what became of it. The file itself is kept beside the row."""

    public_id = public_id()
    file_name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=255, blank=True, default="")
    checksum = models.CharField("SHA-256", max_length=64, blank=True, default="")
    return_year = models.PositiveSmallIntegerField(null=True, blank=True)
    la_code = models.CharField(max_length=3, blank=True, default="")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.CHECKING)
    refused_because = models.TextField(blank=True, default="")
    leave_out_errors = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=models.functions.Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    persons_read = models.PositiveIntegerField(default=0)
    persons_expected = models.PositiveIntegerField(null=True, blank=True)
    summary = models.JSONField("counts: added, changed, the same, doubtful, left out", default=dict)

    class Meta:
        ordering = ["-pk"]
        constraints = [one_of("return_import_state_known", "state", ImportState)]


class Severity(models.TextChoices):
    """An error stops a person's record; a query is kept and listed for mending."""

    ERROR = "error", "Error"
    QUERY = "query", "Query"


@untracked("Findings are remade by every check of the file.")
class ImportFinding(models.Model):
    """One problem in a file: where it is, what is wrong in words, and how to mend it."""

    return_import = models.ForeignKey(ReturnImport, models.CASCADE, related_name="findings")
    severity = models.CharField(max_length=5, choices=Severity.choices)
    rule = models.CharField(max_length=20)
    line = models.PositiveIntegerField()
    person = models.PositiveIntegerField("person's position in the file")
    element = models.CharField(max_length=60)
    value = models.CharField(max_length=200, blank=True, default="")
    problem = models.TextField()
    mend = models.TextField()
    child = models.ForeignKey(Child, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["return_import", "person", "line", "pk"]
        constraints = [one_of("import_finding_severity_known", "severity", Severity)]
        indexes = [models.Index(fields=["return_import", "rule"], name="import_finding_rule")]


class MatchAnswer(models.TextChoices):
    """What a person decided about a doubtful match."""

    WAITING = "waiting", "Waiting for a decision"
    SAME = "same", "The same child"
    DIFFERENT = "different", "A different child"


@tracked()
class DoubtfulMatch(models.Model):
    """A person in a file who may or may not be a child already held. Never guessed: somebody decides.

    `person_key` is a digest of the person's identifying items, so that a decision also serves the next file.
    """

    public_id = public_id()
    return_import = models.ForeignKey(ReturnImport, models.PROTECT, related_name="doubtful_matches")
    person_key = models.CharField(max_length=64)
    person = models.PositiveIntegerField("person's position in the file")
    in_file = models.JSONField("the person as the file has them")
    candidate = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=300)
    answer = models.CharField(max_length=10, choices=MatchAnswer.choices, default=MatchAnswer.WAITING)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "doubtful matches"
        ordering = ["return_import", "person"]
        constraints = [
            one_of("doubtful_match_answer_known", "answer", MatchAnswer),
            models.UniqueConstraint(
                fields=["person_key", "candidate"], name="doubtful_match_once", nulls_distinct=False
            ),
        ]
