"""A plan from the day it was made: when it ceases and why, its reviews and versions, its phase transfers."""

from random import Random

from config.demo.latent import Choice, is_down_syndrome, need_at
from config.demo.lives import FOREVER, PlanLife, Review, Spell, Version
from config.demo.places import Register, Standing, age_31_august, school_year, september, spells
from config.demo.shares import (
    CEASE_BY_AGE,
    CEASE_REASONS,
    DIRECT_PAYMENTS,
    ORGANISED_ARRANGEMENTS,
    PERSONAL_BUDGET,
    REVIEW_DECIDED,
    REVIEW_DECIDED_IN_4_WEEKS,
    REVIEW_HELD,
    REVIEW_OUTCOMES,
)
from config.demo.shares_needs import SECONDARY_NEED

_REASONS = {band: Choice(reasons) for band, reasons in CEASE_REASONS.items()}
_OUTCOMES = Choice(REVIEW_OUTCOMES)
_PAYMENTS = Choice(DIRECT_PAYMENTS)
_LAST_AGE = 25
_PHASE_AGES = (4, 11, 16)
_YEAR = 365
_RECORDED_LATE = 1
"""A need is recorded when a version is made and stays until the next, so it is looked up a year ahead."""


def course(
    register: Register,
    born: int,
    area: int,
    made: int,
    watched_from: int,
    until: int,
    random: Random,
    *,
    new: bool,
    from_la: str = "",
) -> PlanLife:
    """The course of a plan made on a day, watched from `watched_from` (a transfer in, or the first day) to `until`."""
    draw = random.random
    need_standing, standing = draw(), Standing(random)
    down_syndrome = is_down_syndrome(need_standing)
    first_year, last_year = school_year(min(made, watched_from)), school_year(until)
    needs = {
        year: need_at(age_31_august(born, year) + _RECORDED_LATE, need_standing, down_syndrome=down_syndrome)
        for year in range(first_year, last_year + 1)
    }
    end = _end(born, watched_from, until, random)
    budget = draw() < PERSONAL_BUDGET
    plan = PlanLife(
        start=made,
        end=end,
        reason=_reason(born, end, random) if end < FOREVER else "",
        from_la=from_la,
        arrived=watched_from if from_la else made,
        personal_budget=budget,
        organised=budget and draw() < ORGANISED_ARRANGEMENTS,
        direct_payment=_PAYMENTS.at(draw()) if budget else "",
    )
    if budget and not plan.direct_payment:
        plan.organised = True
    plan.spells = spells(register, standing, needs, born, area, watched_from, end, until, random, new=new)
    plan.reviews = _reviews(made, watched_from, min(end, until), random)
    plan.versions = _versions(plan, needs, watched_from, random)
    plan.phase_transfers = _phase_transfers(born, watched_from, min(end, until + 250), random)
    return plan


def _end(born: int, start: int, until: int, random: Random) -> int:
    """The day the plan ceases, as far as `until`; FOREVER when it goes on."""
    year = school_year(start)
    day = start
    while day <= until:
        next_september = september(year + 1)
        age = age_31_august(born, year)
        ceased = 0
        if age >= _LAST_AGE:
            ceased = max(next_september - 32, day + 1)
        elif random.random() < CEASE_BY_AGE[age] * (next_september - day) / _YEAR:
            if age >= 16 and random.random() < 0.6:
                ceased = next_september - int(random.random() * 62) - 1
            else:
                ceased = day + int(random.random() * (next_september - day))
        if ceased > day:
            return ceased if ceased <= until else FOREVER
        year += 1
        day = next_september
    return FOREVER


def _reason(born: int, end: int, random: Random) -> str:
    age = (end - born) / 365.25
    if age >= 25.5:
        return "1"
    band = "child" if age < 16 else "16" if age < 18 else "18" if age < 20 else "20"
    reason = _REASONS[band].at(random.random())
    return "6" if reason == "1" and age < 25 and random.random() < 0.9 else reason


def _reviews(made: int, watched_from: int, last: int, random: Random) -> list[Review]:
    """Annual reviews from a year before the plan is watched; about one in seven is missed."""
    draw = random.random
    reviews: list[Review] = []
    due = made + _YEAR
    if due < watched_from - _YEAR:
        due += (watched_from - _YEAR - due) // _YEAR * _YEAR
    while due - 45 <= last:
        meeting = due - 45 + int(draw() * 70)
        if draw() < REVIEW_HELD:
            if meeting > last:
                break
            reviews.append(_review(meeting, random))
            due = meeting + _YEAR
        else:
            due += 150 + int(draw() * 100)
    return reviews


def _review(meeting: int, random: Random) -> Review:
    draw = random.random
    if draw() > REVIEW_DECIDED:
        return Review(meeting, FOREVER, "", FOREVER, FOREVER)
    if draw() < REVIEW_DECIDED_IN_4_WEEKS:
        decided = meeting + 7 + int(draw() * 22)
    else:
        decided = meeting + 29 + int(random.expovariate(1 / 50))
    outcome = _OUTCOMES.at(draw())
    draft = decided + (0 if draw() < 0.7 else int(draw() * 30)) if outcome == "A" else FOREVER
    amended = draft + 25 + int(draw() * 40) if outcome == "A" else FOREVER
    return Review(meeting, decided, outcome, draft, amended)


def _versions(plan: PlanLife, needs: dict[int, str], watched_from: int, random: Random) -> list[Version]:
    """The first version, one for each amendment after a review, and one before each change of setting."""
    first = needs[school_year(max(plan.start, watched_from))]
    secondary = _secondary(first, needs, random)
    main = [spell for spell in plan.spells if spell.rank == 1]
    versions = [Version(plan.start, first, secondary, main[0] if main else None)]
    amendments: list[tuple[int, Spell | None]] = [
        (review.amended, None) for review in plan.reviews if watched_from < review.amended <= plan.end
    ]
    moves: list[tuple[int, Spell | None]] = [
        (spell.start - 10 - int(random.random() * 80), spell) for spell in main[1:]
    ]
    for day, spell in sorted([*amendments, *moves], key=lambda one: one[0]):
        before = versions[-1]
        if day <= max(before.start, watched_from):
            if spell is not None:
                before.names = spell
            continue
        need = needs.get(school_year(day), before.need)
        versions.append(Version(day, need, "" if secondary == need else secondary, spell or before.names))
    return versions


def _secondary(need: str, needs: dict[int, str], random: Random) -> str:
    if not need or random.random() > SECONDARY_NEED:
        return ""
    other = ("SEMH", "SLCN", "ASD", "MLD", "SPLD", "PD")[int(random.random() ** 2 * 6)]
    return "" if other in needs.values() else other


def _phase_transfers(born: int, start: int, last: int, random: Random) -> list[tuple[int, int]]:
    """Due days (15 February, or 31 March for the move to post-16) and the days the final plans were sent."""
    transfers = []
    for year in range(school_year(start) + 1, school_year(last) + 2):
        age = age_31_august(born, year)
        if age in _PHASE_AGES:
            due = september(year) - (198 if age < 16 else 154)
            if start < due <= last:
                late = random.random()
                final = (
                    due - int(random.random() * 80) if late < 0.75 else due + 5 + int(random.random() * 60)
                )
                transfers.append((due, final))
    return transfers
