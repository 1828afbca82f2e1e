"""Addresses of reporting."""

from django.urls import path

from reporting.web import indicator, indicator_trend, lists, reports, reports_rebuild

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/work-out/", reports_rebuild.rebuild_reports, name="rebuild_reports"),
    path("reports/work-out/<uuid:public_id>/", reports_rebuild.rebuild_progress, name="rebuild_progress"),
    path("reports/<slug:code>/", indicator.indicator, name="indicator"),
    path("reports/<slug:code>/picture.svg", indicator.indicator_picture, name="indicator_picture"),
    path("reports/<slug:code>/figures.csv", indicator.indicator_figures, name="indicator_figures"),
    path("reports/<slug:code>/about.csv", indicator.indicator_about, name="indicator_about"),
    path("reports/<slug:code>/over-time/", indicator_trend.indicator_trend, name="indicator_trend"),
    path(
        "reports/<slug:code>/over-time.svg",
        indicator_trend.indicator_trend_picture,
        name="indicator_trend_picture",
    ),
    path(
        "reports/<slug:code>/over-time.csv", indicator_trend.indicator_trend_csv, name="indicator_trend_csv"
    ),
    path("reports/<slug:code>/list/", lists.indicator_list, name="indicator_list"),
    path("reports/<slug:code>/list.csv", lists.indicator_list_csv, name="indicator_list_csv"),
]
