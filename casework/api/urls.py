"""Addresses of casework under /api/v1/."""

from rest_framework.routers import SimpleRouter

from casework.api import appeals, views
from casework.api.plan_texts import PlanTextViewSet

router = SimpleRouter(use_regex_path=False)
router.register("requests", views.RequestViewSet, basename="request")
router.register("advice-requests", views.AdviceRequestViewSet, basename="advice-request")
router.register("decisions", views.DecisionViewSet, basename="decision")
router.register("appeals", appeals.AppealViewSet, basename="appeal")
router.register("plans", views.PlanViewSet, basename="plan")
router.register("plan-versions", views.PlanVersionViewSet, basename="plan-version")
router.register("plan-texts", PlanTextViewSet, basename="plan-text")
router.register("establishments", views.EstablishmentViewSet, basename="establishment")
router.register("areas", views.AreaViewSet, basename="area")
urlpatterns = router.urls
