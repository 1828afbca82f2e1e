"""The findings of a return: as a list, as CSV and JSON, and the persons left out as a file."""

import io
import uuid
from collections.abc import Iterator
from itertools import islice

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Child
from casework.rules.permissions import Permission
from casework.web.records import reader_of
from reporting.models import ReturnImport
from reporting.queries.imports import as_findings, findings_of
from reporting.returns.sen2.findings import Finding
from reporting.returns.sen2.left_out import left_out_path
from reporting.returns.sen2.report import write_csv, write_json
from reporting.services.imports import stored_path

_A_PAGE = 100
_A_BLOCK = 500


@require_safe
@needs(Permission.IMPORT_DATA)
def return_findings(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Findings one by one; `?severity=` and `?rule=` narrow them."""
    row = _row(request, public_id)
    severity, rule = request.GET.get("severity", ""), request.GET.get("rule", "")
    page = Paginator(findings_of(row, severity=severity, rule=rule), _A_PAGE).get_page(
        request.GET.get("page")
    )
    addresses = _addresses(request, [one.child_id for one in page if one.child_id])
    context = {
        "row": row,
        "rule": rule,
        "page": page,
        "lines": [(one, addresses.get(one.child_id or 0, "")) for one in page],
        "back_url": reverse("return", args=[row.public_id]),
        "nav_key": "data",
    }
    return render(request, "reporting/imports/findings.html", context)


def _addresses(request: HttpRequest, keys: list[int]) -> dict[int, str]:
    """Child key -> address of the child's page, for those this reader may open."""
    reader = reader_of(request)
    if not reader.may(Permission.SEE_CHILDREN):
        return {}
    found = visible(Child, reader).filter(pk__in=keys).values_list("pk", "public_id")
    return {key: reverse("child", args=[public_id]) for key, public_id in found}


@require_safe
@needs(Permission.IMPORT_DATA)
def return_csv(request: HttpRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    """Every finding, as a spreadsheet reads it."""
    row = _row(request, public_id)
    return _attachment(_csv(as_findings(findings_of(row))), "text/csv; charset=utf-8", row, "csv")


@require_safe
@needs(Permission.IMPORT_DATA)
def return_json(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Every finding, for another program."""
    row = _row(request, public_id)
    out = io.StringIO()
    head = {"file": row.file_name, "year": row.return_year, "persons": row.persons_read, "state": row.state,
            "summary": row.summary}  # fmt: skip
    write_json(head, as_findings(findings_of(row)), out)
    response = HttpResponse(out.getvalue(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{_name(row)}.json"'
    return response


@require_safe
@needs(Permission.IMPORT_DATA)
def return_left_out(request: HttpRequest, public_id: uuid.UUID) -> FileResponse:
    """The persons that were left out, as a return that can be mended and uploaded."""
    row = _row(request, public_id)
    path = left_out_path(stored_path(row))
    if not row.stored_as or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"{_name(row)}.left-out.xml",
        content_type="application/xml",
    )


def _row(request: HttpRequest, public_id: uuid.UUID) -> ReturnImport:
    return get_object_or_404(visible(ReturnImport, reader_of(request)), public_id=public_id)


def _name(row: ReturnImport) -> str:
    return f"sen2-{row.return_year or 'return'}-findings"


def _attachment(parts: Iterator[str], kind: str, row: ReturnImport, ending: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{_name(row)}.{ending}"'
    return response


def _csv(findings: Iterator[Finding]) -> Iterator[str]:
    heading = True
    for block in iter(lambda: list(islice(findings, _A_BLOCK)), []):
        out = io.StringIO()
        write_csv(block, out, heading=heading)
        heading = False
        yield out.getvalue()
    if heading:
        out = io.StringIO()
        write_csv([], out)
        yield out.getvalue()
