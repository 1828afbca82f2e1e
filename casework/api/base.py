"""The base of every endpoint that reads records: permission, scope, narrowing and the log of readings."""

import datetime
from collections.abc import Callable, Iterable
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, cast

from django.db.models import Model, QuerySet
from django_filters import FilterSet, MultipleChoiceFilter
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from casework.access.drf import token_of, visible_to_caller
from casework.models import User
from casework.rules.permissions import Permission
from casework.services.access_log import record_readings
from casework.today import today

PAGING = ("cursor", "page_size")


def refuse_unknown(request: Request, *, known: Iterable[str], repeatable: Iterable[str] = ()) -> None:
    """Raise ValidationError for a query parameter that is unknown, empty or given twice: never silently ignore it."""
    known, repeatable = sorted(known), set(repeatable)
    errors: dict[str, list[str]] = {}
    for name, values in request.query_params.lists():
        if name not in known:
            can = f"Known here: {', '.join(known)}." if known else "This address takes none."
            errors[name] = [f"There is no such parameter. {can}"]
        elif "" in values:
            errors[name] = ["Give a value or leave the parameter out."]
        elif len(values) > 1 and name not in repeatable:
            errors[name] = ["Give this parameter once."]
    if errors:
        raise ValidationError(errors)


def log_readings(request: Request, child_ids: Iterable[int]) -> None:
    """Say in the access log which children the caller was shown: one statement, whatever their number."""
    if (token := token_of(request)) is not None:
        record_readings(child_ids, by=None, application=token.application.name)
    else:
        record_readings(child_ids, by=cast(User, request.user))


class ScopedViewSet(GenericViewSet):
    """Records the caller may see; add DRF's list and retrieve mixins for the actions that exist.

    Declares one `permission` (people) and one `scope` (other systems). `child_path` leads from a record to its
    child's key, such as "case.child_id"; where it is empty the records name no child and no reading is logged.
    """

    model: ClassVar[type[Model]]
    permission: ClassVar[Permission | None]
    scope: ClassVar[str]
    child_path: ClassVar[str] = ""
    filterset_class: ClassVar[type[FilterSet] | None] = None
    whole: ClassVar[Callable[..., QuerySet[Any]] | None] = None
    """Adds what the serializer shows beside the record: a `staticmethod` of rows and the day (`on`)."""

    http_method_names = ["get", "head"]
    filter_backends = [DjangoFilterBackend]
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @cached_property
    def day(self) -> datetime.date:
        """The day on which the caller reads."""
        return today()

    def get_queryset(self) -> QuerySet[Any]:
        """What the caller may see, narrowed before any look-up."""
        return self.with_relations(visible_to_caller(self.model, self.request))

    def with_relations(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with what the serializer shows beside each."""
        return rows if self.whole is None else self.whole(rows, on=self.day)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After the permission check, refuse parameters the endpoint does not have."""
        super().initial(request, *args, **kwargs)
        filters = self.filterset_class.base_filters if self.action == "list" and self.filterset_class else {}
        paging = PAGING if self.action == "list" else ()
        refuse_unknown(
            request,
            known=[*filters, *paging],
            repeatable=[name for name, kind in filters.items() if isinstance(kind, MultipleChoiceFilter)],
        )

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """One page, its readings logged before it leaves."""
        page = super().paginate_queryset(queryset)
        self.log_reading(page or [])
        return page

    def get_object(self) -> Any:
        """One record, its reading logged before it leaves."""
        record = super().get_object()
        self.log_reading([record])
        return record

    def log_reading(self, records: Iterable[Any]) -> None:
        """Say in the access log which children the caller was shown."""
        if not self.child_path:
            return
        child_ids = [
            child_id for child_id in map(attrgetter(self.child_path), records) if child_id is not None
        ]
        log_readings(self.request, child_ids)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Records of children are kept by no cache on the way."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RetrieveVersionedMixin:
    """Retrieve with the record's version as its ETag, so that a caller can tell two readings apart."""

    version_path: ClassVar[str] = "version"

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One record."""
        record = self.get_object()  # type: ignore[attr-defined]
        body = self.get_serializer(record).data  # type: ignore[attr-defined]
        return Response(body, headers={"ETag": f'W/"{attrgetter(self.version_path)(record)}"'})


class RecordViewSet(ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """Records to list, and to read one by one."""


class VersionedRecordViewSet(RetrieveVersionedMixin, ListModelMixin, ScopedViewSet):
    """The same, for records that carry a version."""


View = TypeVar("View", bound=type[ScopedViewSet])


def described(*, plural: str, one: str, words: str, example: OpenApiExample) -> Callable[[View], View]:
    """Class decorator: what the description of the API says of a kind of record, in the same words for every kind."""

    def describe(view: View) -> View:
        told = {"list": extend_schema(summary=f"List {plural}", description=words, examples=[example])}
        if hasattr(view, "retrieve"):
            told["retrieve"] = extend_schema(summary=f"Read one {one}", examples=[example])
        return extend_schema_view(**told)(view)

    return describe
