"""Addresses of reporting."""

from django.urls import path

from reporting.web import (
    import_findings,
    imports,
    indicator,
    indicator_trend,
    lists,
    reports,
    reports_rebuild,
)

urlpatterns = [
    path("data/", imports.returns, name="returns"),
    path("data/upload/", imports.return_upload, name="return_upload"),
    path("data/returns/<uuid:public_id>/", imports.return_page, name="return"),
    path("data/returns/<uuid:public_id>/import/", imports.return_import, name="return_import"),
    path("data/returns/<uuid:public_id>/check/", imports.return_check, name="return_check"),
    path("data/returns/<uuid:public_id>/findings/", import_findings.return_findings, name="return_findings"),
    path("data/returns/<uuid:public_id>/findings.csv", import_findings.return_csv, name="return_csv"),
    path("data/returns/<uuid:public_id>/findings.json", import_findings.return_json, name="return_json"),
    path(
        "data/returns/<uuid:public_id>/left-out.xml", import_findings.return_left_out, name="return_left_out"
    ),
    path("data/matches/<uuid:public_id>/", imports.return_match, name="return_match"),
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
