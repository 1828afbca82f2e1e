"""Every list and record of the API, for tests that hold for all of them."""

LISTS = (
    "requests", "advice-requests", "decisions", "appeals", "plans", "plan-versions", "placements", "named-placements",
    "cost-lines",
)  # fmt: skip
SCOPE_OF = {
    "requests": "requests:read",
    "decisions": "requests:read",
    "advice-requests": "requests:read",
    "appeals": "appeals:read",
    "plans": "plans:read",
    "plan-versions": "plans:read",
    "placements": "placements:read",
    "named-placements": "placements:read",
    "cost-lines": "costs:read",
    "establishments": "reference:read",
    "areas": "reference:read",
    "indicators": "indicators:read",
}


def record_addresses(records):
    """The address of each single record of a child."""
    return {
        "requests": f"/api/v1/requests/{records.request.case.public_id}/",
        "advice-requests": f"/api/v1/advice-requests/{records.advice.public_id}/",
        "decisions": f"/api/v1/decisions/{records.decision.milestone.public_id}/",
        "appeals": f"/api/v1/appeals/{records.appeal.case.public_id}/",
        "plans": f"/api/v1/plans/{records.plan.public_id}/",
        "plan-versions": f"/api/v1/plan-versions/{records.version.public_id}/",
        "placements": f"/api/v1/placements/{records.placement.public_id}/",
        "cost-lines": f"/api/v1/cost-lines/{records.line.public_id}/",
    }
