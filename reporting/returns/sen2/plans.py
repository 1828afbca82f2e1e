"""What <NamedPlan>, <ActivePlans> and their parts mean: plans, the settings they name, needs, placements."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from reporting.returns.sen2.findings import Problems
from reporting.returns.sen2.requests import Request
from reporting.returns.sen2.tree import Node


@dataclass(slots=True)
class Place:
    """A setting, named or attended. Exactly one of `urn`, `ukprn` and `code` is given, or none."""

    rank: str
    urn: str
    ukprn: str
    code: str
    words: str
    unit: bool
    resourced: bool
    residential: str
    work_based: str


@dataclass(slots=True)
class Attended:
    """A placement with its days."""

    node: Node
    place: Place
    starts: str
    ends: str


@dataclass(slots=True)
class PlanRead:
    """One plan: its days, what it says, and where."""

    request: Request
    node: Node
    active: Node | None
    starts: str
    ends: str
    reason: str
    needs: tuple[str, str]
    named: list[Place]


def read_plans(requests: list[Request], problems: Problems) -> list[PlanRead]:
    """The plans of one person, by their first day."""
    plans = [
        plan
        for request in requests
        if request.plan is not None
        for plan in [_plan(request, request.plan, problems)]
    ]
    _give_orphans(requests, plans, problems)
    for plan in plans:
        if plan.active is None:
            if not plan.ends:
                problems.add("INF-044", plan.node)
        else:
            plan.needs = _needs(plan.active, problems, wanted=not plan.ends)
    plans.sort(key=lambda plan: plan.starts)
    for one, other in pairwise(plans):
        if other.starts <= (one.ends or "9999") and one.starts and other.starts:
            problems.add("INF-046", other.node, "StartDate", value=one.starts, other=other.starts)
    return plans


def _plan(request: Request, node: Node, problems: Problems) -> PlanRead:
    values = node.values
    starts, ends, reason = (
        values.get("StartDate", ""),
        values.get("CeaseDate", ""),
        values.get("CeaseReason", ""),
    )
    if not starts:
        problems.add("INF-030", node)
    elif ends and ends < starts:
        problems.add("INF-033", node, "CeaseDate", other=starts)
    if ends and not reason:
        problems.add("INF-034", node)
    elif reason and not ends:
        problems.add("WM-105", node, "CeaseReason")
        reason = ""
    named = _named(node, problems)
    return PlanRead(request, node, request.active, starts, ends, reason, ("", ""), named)


def _named(plan: Node, problems: Problems) -> list[Place]:
    parts = plan.parts
    ranks = [part.values.get("PlacementRank", "") for part in parts]
    if len(parts) > 1 and "" in ranks:
        problems.add("GDE-032", parts[ranks.index("")])
    elif len(set(ranks)) < len(ranks):
        problems.add("INF-036", parts[1], "PlacementRank")
    elif ranks == [""]:
        problems.add("GDE-032Q", parts[0])
        ranks = ["1"]
    places = [_place(part, rank, problems) for part, rank in zip(parts, ranks, strict=True)]
    residential, work_based = plan.values.get("PlanRes", ""), plan.values.get("PlanWBP", "")
    if places and (residential or work_based):
        first = min(places, key=lambda place: place.rank)
        first.residential, first.work_based = residential, work_based
    return places


def _place(node: Node, rank: str, problems: Problems) -> Place:
    values = node.values
    urn, ukprn, code = values.get("URN", ""), values.get("UKPRN", ""), values.get("SENsetting", "")
    if bool(urn) + bool(ukprn) + bool(code) > 1:
        problems.add("GDE-030", node)
    elif not (urn or ukprn or code):
        problems.add("INF-037", node)
    if urn and not (urn.isascii() and urn.isdigit() and len(urn) <= 6):
        problems.add("SCH-062", node, "URN")
    if ukprn and not (ukprn.isascii() and ukprn.isdigit() and len(ukprn) == 8):
        problems.add("SCH-063", node, "UKPRN")
    words = values.get("SENSettingOther", "")
    if len(words) > 200:
        problems.add("WM-002", node, "SENSettingOther", other="200")
    unit = values.get("SENunitIndicator") == "1"
    resourced = values.get("ResourcedProvisionIndicator") == "1"
    if unit and resourced:
        problems.add("INF-040", node, "SENunitIndicator")
    return Place(rank, urn, ukprn, code, words, unit, resourced, values.get("Res", ""), values.get("WBP", ""))


def _needs(active: Node, problems: Problems, *, wanted: bool) -> tuple[str, str]:
    needs = [part for part in active.parts if part.tag == "SENneed" and "SENtype" in part.values]
    if not needs:
        if wanted:
            problems.add("INF-054", active)
        return "", ""
    if len(needs) == 1:
        if needs[0].values.get("SENtypeRank") != "1":
            problems.add("GDE-043Q", needs[0], "SENtypeRank")
        return needs[0].values["SENtype"], ""
    first, second = sorted(needs[:2], key=lambda need: need.values.get("SENtypeRank", ""))
    if (first.values.get("SENtypeRank"), second.values.get("SENtypeRank")) != ("1", "2"):
        problems.add("GDE-043", second, "SENtypeRank")
    elif first.values["SENtype"] == second.values["SENtype"]:
        problems.add("INF-055", second, "SENtype")
    return first.values["SENtype"], second.values["SENtype"]


def _give_orphans(requests: list[Request], plans: list[PlanRead], problems: Problems) -> None:
    """An <ActivePlans> under another request than the plan: read with the one plan that lacks its own."""
    for request in requests:
        if request.active is None or request.plan is not None:
            continue
        without = [plan for plan in plans if plan.active is None]
        if len(without) == 1:
            without[0].active = request.active
            problems.add("PRA-212", request.active)
        else:
            problems.add("WM-106", request.active)


def read_placements(requests: list[Request], problems: Problems) -> list[Attended]:
    """The placements of one person, by their first day, with no primary two on one day."""
    found: list[Attended] = []
    for request in requests:
        if request.active is None:
            continue
        here = _attended(request.active, problems)
        _residence_of_2023(request.active, here)
        found.extend(here)
    found.sort(key=lambda one: (one.place.rank, one.starts, one.ends or "9999"))
    return _without_overlaps(found, problems)


def _attended(active: Node, problems: Problems) -> list[Attended]:
    nodes = [part for part in active.parts if part.tag == "PlacementDetail"]
    found = []
    for node in nodes:
        rank = node.values.get("PlacementRank", "")
        if not rank and len(nodes) > 1:
            problems.add("GDE-032", node)
        elif not rank:
            problems.add("GDE-032Q", node)
            rank = "1"
        starts, ends = node.values.get("EntryDate", ""), node.values.get("LeavingDate", "")
        if not starts:
            problems.add("INF-048", node)
        elif ends and ends < starts:
            problems.add("INF-049", node, "LeavingDate", other=starts)
        found.append(Attended(node, _place(node, rank, problems), starts, ends))
    return found


def _residence_of_2023(active: Node, placements: list[Attended]) -> None:
    """Until 2023 residence and work-based learning stood beside the placements: they are those of the latest."""
    residential, work_based = active.values.get("Res", ""), active.values.get("WBP", "")
    if placements and (residential or work_based):
        latest = max(placements, key=lambda one: (one.place.rank == "1", one.ends or "9999", one.starts))
        latest.place.residential = latest.place.residential or residential
        latest.place.work_based = latest.place.work_based or work_based


def _without_overlaps(found: list[Attended], problems: Problems) -> list[Attended]:
    kept: list[Attended] = []
    for one in found:
        before = kept[-1] if kept else None
        if before is None or before.place.rank != one.place.rank:
            kept.append(one)
        elif before.place == one.place and before.starts == one.starts:
            before.ends = before.ends or one.ends
            problems.add("WM-108", one.node)
        elif one.place.rank == "1" and one.starts <= (before.ends or "9999"):
            if before.ends == one.starts and before.starts < one.starts:
                problems.add("WM-107", before.node, "LeavingDate")
                before.ends = (date.fromisoformat(one.starts) - timedelta(days=1)).isoformat()
            else:
                problems.add("INF-051", one.node, "EntryDate", value=before.starts, other=one.starts)
            kept.append(one)
        else:
            kept.append(one)
    return kept
