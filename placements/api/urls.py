"""Addresses of placements under /api/v1/."""

from rest_framework.routers import SimpleRouter

from placements.api import views

router = SimpleRouter(use_regex_path=False)
router.register("placements", views.PlacementViewSet, basename="placement")
router.register("named-placements", views.NamedPlacementViewSet, basename="named-placement")
urlpatterns = router.urls
