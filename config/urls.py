"""Every address of Waymark."""

from allauth.account.views import LoginView, LogoutView
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from config import health
from config.oauth import ClientTokenView

API_V1 = [
    path("", include("casework.api.urls")),
    path("", include("placements.api.urls")),
    path("", include("funding.api.urls")),
    path("", include("reporting.api.urls")),
]

urlpatterns = [
    path("sign-in/", login_not_required(LoginView.as_view()), name="sign_in"),
    path("sign-in/", login_not_required(LoginView.as_view()), name="account_login"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign_out"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="account_logout"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/token/", ClientTokenView.as_view(), name="api_token"),
    path("api/v1/", include((API_V1, "api_v1"))),
    path("", include("casework.urls")),
    path("", include("placements.urls")),
    path("", include("funding.urls")),
    path("", include("reporting.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
