"""Addresses of reporting under /api/v1/."""

from rest_framework.routers import SimpleRouter

from reporting.api import views

router = SimpleRouter(use_regex_path=False)
router.register("indicators", views.IndicatorViewSet, basename="indicator")
urlpatterns = router.urls
