"""The generated children follow the published shares, the same seed and the stated day."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from itertools import pairwise

import pytest

from casework.rules.identifiers import Finding, check_uln, check_upn
from casework.rules.postcodes import normalise_postcode
from config.demo.day import CENSUS_DAYS, DEMO_DAY, LA_CODE
from config.demo.lives import FOREVER
from config.demo.places import age_31_august
from config.demo.population import holds_plan, population, register_for
from config.demo.settings_register import settings
from config.demo.shares import PLANS_BY_AGE
from config.demo.shares_needs import NEEDS, NEEDS_BY_AGE
from config.demo.shares_provision import GROUPS, GROUPS_BY_AGE
from tests.demo.counting import age_bands_on, band, groups_on, needs_on, year_of

PLANS = 12_000
CENSUS = CENSUS_DAYS[2025]


@pytest.fixture(scope="module")
def lives():
    return list(population(PLANS))


def published(table, names):
    """A published share over all ages, from the shares at each age."""
    total = Counter()
    for age, weight in PLANS_BY_AGE.items():
        for name, share in zip(names, table[age], strict=True):
            total[name] += weight * share
    return {name: value / sum(total.values()) for name, value in total.items()}


def test_holds_exactly_the_plans_asked_for_on_the_day(lives):
    assert sum(holds_plan(life, DEMO_DAY.toordinal()) for life in lives) == PLANS


def test_the_same_seed_makes_the_same_children_and_another_seed_others():
    first = [asdict(life) for life in population(300)]
    assert [asdict(life) for life in population(300)] == first
    assert [asdict(life) for life in population(300, seed=7)] != first


def test_provision_mix_is_the_published_one(lives):
    mix, wanted = groups_on(lives, CENSUS), published(GROUPS_BY_AGE, GROUPS)
    assert {group: pytest.approx(share, abs=0.02) for group, share in wanted.items()} == mix


def test_primary_needs_are_the_published_ones(lives):
    mix, wanted = needs_on(lives, CENSUS), published(NEEDS_BY_AGE, NEEDS)
    wanted["DS"] = mix["DS"]
    wanted["OTH"] -= mix["DS"]
    assert {need: pytest.approx(share, abs=0.035) for need, share in wanted.items()} == mix


def test_ages_are_the_published_ones(lives):
    wanted = Counter()
    for age, share in PLANS_BY_AGE.items():
        wanted[band(age)] += share / sum(PLANS_BY_AGE.values())
    assert {name: pytest.approx(share, abs=0.02) for name, share in wanted.items()} == age_bands_on(
        lives, CENSUS
    )


def test_plans_grow_by_about_a_tenth_a_year(lives):
    held = [sum(holds_plan(life, day.toordinal()) for life in lives) for day in CENSUS_DAYS.values()]
    for before, after in pairwise(held):
        assert 1.07 < after / before < 1.15


def test_requests_decisions_and_timeliness_are_the_published_ones(lives):
    asked = [life.request for life in lives if life.request and year_of(life.request.received) == 2024]
    year_end = date(2024, 12, 31).toordinal()
    refused = sum(one.answer == "N" and one.answered <= year_end for one in asked) / len(asked)
    assert refused == pytest.approx(0.252, abs=0.025)
    decided = [
        life.request
        for life in lives
        if life.request and life.request.answer in "YN" and year_of(life.request.answered) == 2024
    ]
    in_six_weeks = sum(one.answered - one.received <= 42 for one in decided) / len(decided)
    assert in_six_weeks == pytest.approx(0.848, abs=0.02)
    issued = [
        life.request
        for life in lives
        if life.request and life.request.outcome == "Y" and year_of(life.request.concluded) == 2024
    ]
    excepted = sum(one.excepted for one in issued) / len(issued)
    assert excepted == pytest.approx(0.061, abs=0.02)
    others = [one for one in issued if not one.excepted]
    in_twenty_weeks = sum(one.concluded - one.received <= 140 for one in others) / len(others)
    assert in_twenty_weeks == pytest.approx(0.464, abs=0.035)


def test_sources_are_those_of_calendar_2025(lives):
    asked = [life.request for life in lives if life.request and year_of(life.request.received) == 2025]
    mix = Counter(one.source for one in asked)
    for source, share in {"1": 0.324, "2": 0.617, "5": 0.051}.items():
        assert mix[source] / len(asked) == pytest.approx(share, abs=0.025)


def test_every_stage_of_a_request_is_there_on_the_day(lives):
    day = DEMO_DAY.toordinal()
    open_now = [life.request for life in lives if life.request and life.request.received <= day]
    assert any(one.answered > day for one in open_now)
    assert any(one.answered <= day < one.decided_to_issue and one.outcome == "Y" for one in open_now)
    assert any(one.decided_to_issue <= day < one.concluded for one in open_now)
    assert any(day - one.received > 140 and one.outcome == "Y" and one.concluded > day for one in open_now)


def test_nothing_a_child_is_known_by_happens_after_the_day(lives):
    day = DEMO_DAY.toordinal()
    for life in lives:
        assert life.request is None or life.request.received <= day
        assert life.plan is None or life.plan.arrived <= day
        assert life.plan is None or life.plan.end <= day or life.plan.end == FOREVER


def test_nobody_holds_a_plan_beyond_the_year_of_the_25th_birthday(lives):
    for day in (*CENSUS_DAYS.values(), DEMO_DAY):
        year = day.year if day.month >= 9 else day.year - 1
        held = [life for life in lives if holds_plan(life, day.toordinal())]
        assert max(age_31_august(life.born, year) for life in held) <= 25


def test_a_childs_places_never_overlap_and_lie_within_the_plan(lives):
    for life in lives:
        if life.plan is None:
            continue
        main = [spell for spell in life.plan.spells if spell.rank == 1]
        for before, after in pairwise(main):
            assert before.start <= before.end < after.start
        assert all(spell.end <= life.plan.end for spell in main)


def test_identifiers_are_well_formed_unique_and_of_no_real_authority(lives):
    upns = [life.upn for life in lives if life.upn]
    ulns = [life.uln for life in lives if life.uln]
    assert len(upns) == len(set(upns))
    assert len(ulns) == len(set(ulns))
    wrong = [life for life in lives if life.upn and check_upn(life.upn).finding is not Finding.GOOD]
    assert {life.number for life in wrong} == {life.number for life in lives if life.wrong_upn}
    assert all(upn[1:4] == LA_CODE for upn in upns)
    assert all(check_uln(uln).finding is Finding.GOOD for uln in ulns)
    assert all(
        life.postcode.startswith("ZZ") and normalise_postcode(life.postcode) == life.postcode
        for life in lives
    )


def test_twins_share_name_birth_and_home_but_not_forename(lives):
    homes = Counter((life.surname, life.born, life.postcode) for life in lives)
    twins = [home for home, count in homes.items() if count > 1]
    assert twins
    for home in twins:
        both = [life for life in lives if (life.surname, life.born, life.postcode) == home]
        assert len({life.forename for life in both}) == len(both)


def test_some_children_share_a_name_but_few():
    lives = list(population(3_000))
    names = Counter((life.surname, life.forename) for life in lives)
    shared = sum(count for count in names.values() if count > 1)
    assert 0 < shared < len(lives) * 0.06


def test_settings_have_invented_numbers_of_their_own():
    register = settings(90)
    urns = [setting.urn for setting in register if setting.urn]
    ukprns = [setting.ukprn for setting in register if setting.ukprn]
    assert len(urns) == len(set(urns))
    assert min(urns) > 990_000
    assert max(urns) < 1_000_000
    assert len(ukprns) == len(set(ukprns))
    assert all(19_999_000 < ukprn < 20_000_000 for ukprn in ukprns)
    assert len({setting.name for setting in register}) == len(register)


def test_the_register_grows_with_the_authority():
    assert len(register_for(3_000).settings) < len(register_for(100_000).settings)
