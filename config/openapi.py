"""The API description: who may call, and the errors every endpoint can give."""

from typing import Any

from django.conf import settings
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension

from config.rest import PROBLEM_JSON, TITLES

ERRORS = {
    400: "A parameter is unknown, given twice or not understood; `errors` says which.",
    401: "No token and no session, or a token that is wrong or out of date.",
    403: "The token lacks the scope, or the person's role does not allow it.",
    404: "There is no such record, or it is outside what the caller may see.",
    406: "Only application/json is offered.",
    429: "Too many calls in a minute; `Retry-After` says when to try again.",
}

PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "example": "about:blank"},
        "title": {"type": "string", "example": TITLES[400]},
        "status": {"type": "integer", "example": 400},
        "detail": {
            "type": "string",
            "example": "Correct what `errors` names and send the request again.",
        },
        "errors": {
            "type": "object",
            "description": "For each parameter, what is wrong and what to do.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "example": {"received_from": ["Enter a day as YYYY-MM-DD, such as 2025-01-16."]},
        },
    },
}


class BearerScheme(OpenApiAuthenticationExtension):
    """How other systems sign in: client credentials, one scope for each kind of record."""

    target_class = "config.oauth.BearerAuthentication"
    name = "client"

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        """The scope the view declares."""
        return {self.name: [auto_schema.view.scope]}

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Token address and scopes."""
        scopes = settings.OAUTH2_PROVIDER["SCOPES"]
        return {
            "type": "oauth2",
            "description": "Client id and secret come from `manage.py add_api_client`; a token lasts an hour.",
            "flows": {"clientCredentials": {"tokenUrl": "/api/token/", "scopes": scopes}},
        }


class PersonScheme(SessionScheme):
    """How people sign in: the session of the pages."""

    name = "session"
    priority = 1


def describe_errors(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Postprocessing hook: name what is found, and add the errors that every operation can give, in one form."""
    components = result["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["responses"] = {f"Problem{status}": _problem_response(status) for status in ERRORS}
    for path, operations in result["paths"].items():
        for operation in operations.values():
            operation["responses"]["200"]["description"] = "What was asked for."
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    parameter.setdefault("description", "Identifier of the record, from a list.")
            for status in ERRORS:
                if status != 404 or "{" in path:
                    operation["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    return result


def _problem_response(status: int) -> dict[str, Any]:
    return {
        "description": ERRORS[status],
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
