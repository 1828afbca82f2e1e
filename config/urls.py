"""Every address of Waymark."""

from allauth.account.views import LoginView, LogoutView
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from config import health

urlpatterns = [
    path("sign-in/", login_not_required(LoginView.as_view()), name="sign_in"),
    path("sign-in/", login_not_required(LoginView.as_view()), name="account_login"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign_out"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="account_logout"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("casework.urls")),
    path("", include("placements.urls")),
    path("", include("funding.urls")),
    path("", include("reporting.urls")),
]
