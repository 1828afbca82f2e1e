"""Every indicator by code."""

from reporting.indicator import Indicator
from reporting.indicators import costs, open_requests, plans, requests, timeliness

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        requests.RECEIVED,
        requests.SHARE_BY_SOURCE,
        requests.REFUSED,
        requests.REFUSED_AND_DISPUTED,
        timeliness.TWENTY_WEEKS,
        timeliness.TWENTY_WEEKS_WITHOUT_EXCEPTIONS,
        timeliness.SIX_WEEKS,
        open_requests.OPEN,
        plans.HELD,
        plans.GROWTH,
        plans.MIX,
        costs.COST,
        costs.AVERAGE_COST,
    )
}


def indicator(code: str) -> Indicator:
    """The indicator with this code, in either case. Raises ValueError naming those there are."""
    try:
        return INDICATORS[code.upper()]
    except KeyError:
        raise ValueError(f"There is no indicator “{code}”. There are: {', '.join(INDICATORS)}.") from None
