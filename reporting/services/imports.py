"""Bringing a SEN2 return in: kept, checked, imported, its doubts answered. What is done is set down in ReturnImport."""

import secrets
import shutil
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.functions import Now

from casework.audit import acting_as
from casework.models import User
from casework.services import review_calendar
from reporting.models import DoubtfulMatch, ImportFinding, ImportState, MatchAnswer, ReturnImport
from reporting.returns.sen2.left_out import left_out_path, write_left_out
from reporting.returns.sen2.refusals import ReturnRefused
from reporting.returns.sen2.work import Outcome, bring_in

_PROGRESS_SECONDS = 24 * 60 * 60


CHECK_TASK = "reporting.tasks.check_return"
IMPORT_TASK = "reporting.tasks.import_return"


class NotPossible(Exception):
    """What was asked cannot be done now; the message says why and what to do."""


def keep_upload(*, upload: BinaryIO, file_name: str, by: User) -> ReturnImport:
    """Store an uploaded file under a random name, open its import and tell a worker to check it."""
    folder = Path(settings.MEDIA_ROOT) / "returns"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stored = f"{secrets.token_hex(16)}.xml"
    with (folder / stored).open("xb") as target:
        shutil.copyfileobj(upload, target, 1024 * 1024)
    with transaction.atomic(), acting_as(by):
        row = ReturnImport.objects.create(
            file_name=Path(file_name).name[:255], stored_as=stored, asked_by=by, state=ImportState.CHECKING
        )
        transaction.on_commit(lambda: _send(CHECK_TASK, row), robust=True)
    return row


def stored_path(row: ReturnImport) -> Path:
    """Where the file of an import is kept."""
    return Path(settings.MEDIA_ROOT) / "returns" / row.stored_as


def check(*, import_id: int, as_at: date) -> ReturnImport:
    """Try the import and set down what it would do; nothing of the return itself is written. Safe to run twice."""
    row = ReturnImport.objects.get(pk=import_id)
    if row.state != ImportState.CHECKING:
        return row
    return _run(row, as_at, check_only=True)


def start_import(*, row: ReturnImport, leave_out_errors: bool, by: User) -> ReturnImport:
    """Say that a checked return is to be imported. Raises NotPossible."""
    with transaction.atomic(), acting_as(by):
        row = ReturnImport.objects.select_for_update().get(pk=row.pk)
        if row.state != ImportState.CHECKED:
            raise NotPossible(
                "This return is not waiting to be imported. Look at its page to see what became of it."
            )
        if row.summary.get("errors") and not leave_out_errors:
            raise NotPossible(
                "There are errors. Mend them and upload the file again, or leave those persons out."
            )
        row.state = ImportState.IMPORTING
        row.leave_out_errors = leave_out_errors
        row.asked_by = by
        row.save(update_fields=["state", "leave_out_errors", "asked_by"])
        transaction.on_commit(lambda: _send(IMPORT_TASK, row), robust=True)
    return row


def check_again(*, row: ReturnImport, by: User) -> ReturnImport:
    """Check a file once more: after answers about doubtful matches, or when a worker was lost. Raises NotPossible."""
    with transaction.atomic(), acting_as(by):
        row = ReturnImport.objects.select_for_update().get(pk=row.pk)
        if row.state not in {ImportState.CHECKING, ImportState.CHECKED, ImportState.FAILED}:
            raise NotPossible("This return cannot be checked again. Upload the file again instead.")
        row.state = ImportState.CHECKING
        row.save(update_fields=["state"])
        transaction.on_commit(lambda: _send(CHECK_TASK, row), robust=True)
    return row


def import_now(*, import_id: int, as_at: date) -> ReturnImport:
    """Import the file of a row that `start_import` has let go. Safe to run twice: the second run finds it done."""
    row = ReturnImport.objects.get(pk=import_id)
    if row.state != ImportState.IMPORTING:
        return row
    return _run(row, as_at, check_only=False)


def progress_of(row: ReturnImport) -> int:
    """Persons read so far by the work under way."""
    return int(cache.get(_progress_key(row)) or 0)


def answer(*, match: DoubtfulMatch, same: bool, by: User) -> DoubtfulMatch:
    """Say whether a person of a file is the child shown. Serves this file and later ones."""
    with transaction.atomic(), acting_as(by):
        match = DoubtfulMatch.objects.select_for_update().get(pk=match.pk)
        match.answer = MatchAnswer.SAME if same else MatchAnswer.DIFFERENT
        match.answered_by = by
        match.answered_at = Now()
        match.save(update_fields=["answer", "answered_by", "answered_at"])
    return match


def record(
    *, outcome: Outcome, file_name: str, by: User | None, leave_out_errors: bool
) -> ReturnImport | None:
    """Set down an import made from the command line. None when it is one already set down that changed nothing."""
    summary = outcome.summary
    nothing_new = not (summary.children_added or summary.children_changed or outcome.doubts)
    done = ReturnImport.objects.filter(checksum=outcome.sha256, state=ImportState.DONE)
    if nothing_new and done.exists():
        return None
    with transaction.atomic(), acting_as(by):
        row = ReturnImport.objects.create(
            file_name=file_name[:255], asked_by=by, leave_out_errors=leave_out_errors, state=ImportState.DONE
        )
        _set_down(row, outcome, state=ImportState.DONE)
    return row


def _run(row: ReturnImport, as_at: date, *, check_only: bool) -> ReturnImport:
    path = stored_path(row)
    try:
        outcome = bring_in(
            path,
            la_code=settings.LA_CODE,
            as_at=as_at,
            by=row.asked_by,
            check_only=check_only,
            leave_out_errors=row.leave_out_errors,
            called=row.file_name,
            progress=lambda persons: cache.set(_progress_key(row), persons, _PROGRESS_SECONDS),
        )
    except ReturnRefused as refused:
        return _finish(row, ImportState.REFUSED, str(refused))
    except Exception:
        _finish(row, ImportState.FAILED, "Something went wrong that is not your doing. Nothing was written.")
        raise
    state = ImportState.CHECKED if check_only or not outcome.written else ImportState.DONE
    with transaction.atomic(), acting_as(row.asked_by):
        _set_down(row, outcome, state=state)
    after_import(outcome=outcome, as_at=as_at, by=row.asked_by)
    if state == ImportState.DONE and outcome.left_out:
        write_left_out(path, outcome.left_out, left_out_path(path), la_code=settings.LA_CODE)
    return row


def _finish(row: ReturnImport, state: ImportState, because: str) -> ReturnImport:
    with transaction.atomic(), acting_as(row.asked_by):
        row.state, row.refused_because, row.finished_at = state, because, Now()
        row.save(update_fields=["state", "refused_because", "finished_at"])
    row.refresh_from_db()
    return row


def _set_down(row: ReturnImport, outcome: Outcome, *, state: ImportState) -> None:
    row.checksum = outcome.sha256
    row.return_year, row.la_code = outcome.header.year, outcome.header.la_code
    row.persons_read = row.persons_expected = outcome.persons
    row.summary = {
        **outcome.summary.as_dict(), "errors": outcome.findings.errors, "queries": outcome.findings.queries,
        "errors_in_persons": len(outcome.left_out),
    }  # fmt: skip
    row.state, row.finished_at = state, Now()
    row.save()
    row.refresh_from_db()
    ImportFinding.objects.filter(return_import=row).delete()
    _copy_findings(row, outcome)
    for doubt in outcome.doubts:
        in_file = {**doubt.in_file, "other": doubt.other} if doubt.other else doubt.in_file
        match, is_new = DoubtfulMatch.objects.get_or_create(
            person_key=doubt.key,
            candidate_id=doubt.candidate,
            defaults={"return_import": row, "person": doubt.person, "in_file": in_file, "why": doubt.why},
        )
        if not is_new and match.answer == MatchAnswer.WAITING and match.return_import_id != row.pk:
            match.return_import, match.person = row, doubt.person
            match.save(update_fields=["return_import", "person"])


def _copy_findings(row: ReturnImport, outcome: Outcome) -> None:
    columns = "return_import_id, severity, rule, line, person, element, value, problem, mend, child_id"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy reporting_importfinding ({columns}) from stdin") as copy,
    ):
        for one, child in outcome.findings.with_children():
            copy.write_row((row.pk, *one, child if child and outcome.written else None))


def after_import(*, outcome: Outcome, as_at: date, by: User | None) -> None:
    """What follows from new records: the review to come of every plan that was added or changed."""
    if outcome.written and outcome.children:
        review_calendar.settle(on=as_at, child_ids=list(outcome.children), by=by)


def _send(task: str, row: ReturnImport) -> None:
    current_app.send_task(task, kwargs={"import_id": row.pk})


def _progress_key(row: ReturnImport) -> str:
    return f"return-import-{row.public_id}"


def as_json(outcome: Outcome, *, file_name: str) -> dict[str, Any]:
    """The head of the JSON report: what the file is and what it does, without the findings."""
    return {
        "file": file_name,
        "collection": "SEN2",
        "year": outcome.header.year,
        "authority": outcome.header.la_code,
        "persons": outcome.persons,
        "refused": None,
        "written": outcome.written,
        "errors": outcome.findings.errors,
        "persons_with_errors": len(outcome.left_out),
        "queries": outcome.findings.queries,
        "summary": outcome.summary.as_dict(),
        "doubtful_matches": [
            {"person": doubt.person, "candidate": doubt.candidate, "why": doubt.why}
            for doubt in outcome.doubts
        ],
    }
