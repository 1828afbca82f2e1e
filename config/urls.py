"""Every address of Waymark."""

from allauth.account.views import LoginView, LogoutView
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

urlpatterns = [
    path("sign-in/", login_not_required(LoginView.as_view()), name="sign_in"),
    path("sign-in/", login_not_required(LoginView.as_view()), name="account_login"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign_out"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="account_logout"),
    path("", include("casework.urls")),
    path("", include("placements.urls")),
    path("", include("funding.urls")),
    path("", include("reporting.urls")),
]
