"""Addresses for the tests of the frame."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("children/", _page, name="children"),
    path("search/", _page, name="search"),
    path("sign-in/", _page, name="sign_in"),
    path("sign-out/", _page, name="sign_out"),
]
