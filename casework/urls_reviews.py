"""Addresses of reviews and phase transfers."""

from django.urls import URLPattern, path

from casework.web.review_tasks import TASKS
from casework.web.views import (
    child_reviews,
    phase_transfers,
    review_board,
    review_decisions,
    review_returns,
    reviews,
)

_CASE = "reviews/<uuid:public_id>"

STEPS: list[URLPattern] = [
    pattern
    for task in TASKS.values()
    for pattern in (
        path(f"{_CASE}/{task.slug}/", reviews.review_step, {"step": task.slug}, name=task.url_name),
        path(
            f"{_CASE}/{task.slug}/<slug:page>/", reviews.review_step, {"step": task.slug}, name=task.url_name
        ),
    )
]

urlpatterns: list[URLPattern] = [
    path("reviews/", review_board.board, name="reviews"),
    path("reviews/list/", review_board.review_list, name="reviews_list"),
    path("reviews/list.csv", review_board.review_csv, name="reviews_csv"),
    path("reviews/none-recorded/", review_board.never_reviewed, name="reviews_never"),
    path("reviews/phase-transfers/", phase_transfers.board, name="phase_transfers"),
    path("reviews/phase-transfers/list/", phase_transfers.transfer_list, name="phase_transfer_list"),
    path("reviews/phase-transfers/list.csv", phase_transfers.transfer_csv, name="phase_transfer_csv"),
    path("reviews/phase-transfers/open/", phase_transfers.open_cohort, name="open_cohort"),
    path("reviews/returns/", review_returns.review_returns, name="review_returns"),
    path("reviews/returns/template.csv", review_returns.return_template, name="review_return_template"),
    path("reviews/returns/<uuid:public_id>/", review_returns.review_return, name="review_return"),
    path(
        "reviews/returns/<uuid:public_id>/to-mend.csv",
        review_returns.return_problems,
        name="review_return_problems",
    ),
    path("children/<uuid:public_id>/reviews/", child_reviews.child_reviews_page, name="child_reviews"),
    path("children/<uuid:public_id>/reviews/open/", child_reviews.open_review, name="open_review"),
    path(f"{_CASE}/decide/", review_decisions.decide_review, name="decide_review"),
    path(f"{_CASE}/decide/<slug:page>/", review_decisions.decide_review, name="decide_review"),
    path(f"{_CASE}/not-amend/", review_decisions.decide_not_to_amend, name="decide_not_to_amend"),
    path(f"{_CASE}/not-amend/<slug:page>/", review_decisions.decide_not_to_amend, name="decide_not_to_amend"),
    path(f"{_CASE}/early/", reviews.review_type, name="review_type"),
    path(f"{_CASE}/early/<slug:page>/", reviews.review_type, name="review_type"),
    path("plans/<uuid:public_id>/earlier-review/", reviews.earlier_review, name="earlier_review"),
    path("plans/<uuid:public_id>/earlier-review/<slug:page>/", reviews.earlier_review, name="earlier_review"),
    *STEPS,
]
