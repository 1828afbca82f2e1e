"""Addresses of funding under /api/v1/."""

from rest_framework.routers import SimpleRouter

from funding.api import views

router = SimpleRouter(use_regex_path=False)
router.register("cost-lines", views.CostLineViewSet, basename="cost-line")
urlpatterns = router.urls
