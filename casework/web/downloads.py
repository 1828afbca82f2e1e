"""Send a kept file so that a browser saves it and never runs or shows it."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def as_attachment(content: bytes, *, file_name: str, content_type: str) -> HttpResponse:
    """A response that can only be saved: not shown, not guessed at, without script, kept by no cache."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
