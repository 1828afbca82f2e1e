"""The rows of the database for generated children, as lines of COPY's text form.

Keys are made from the child's number, so that blocks need not know of each other. What is written for a request is
what the casework services would derive from its milestones; a test holds the two equal.
"""

from random import Random

from config.demo.bulk_cases import request_rows, shell_rows, transfer_rows
from config.demo.bulk_reviews import review_rows
from config.demo.bulk_tables import TABLES
from config.demo.day_text import iso
from config.demo.funding import lines
from config.demo.lives import Life, PlanLife, Spell
from config.demo.places import NOWHERE, Register
from config.demo.sen2_plan import CODES, NAMED_AS_TYPE, RESOURCED, UNITS, WORDS, residential_band

Tables = dict[str, list[str]]

REPEATS = 16
"""Keys of one child's rows of a kind lie this far apart; no child has so many."""
_NULL = "\\N"


class Rows:
    """Collects the rows of children as they stand on one day.

    `areas` are the keys of the areas in order, `bands` those of the bands by code, `workers` the keys of the
    caseworkers of each area.
    """

    def __init__(
        self, register: Register, day: int, areas: list[int], bands: dict[str, int], workers: list[list[int]]
    ) -> None:
        self.tables: Tables = {name: [] for name in TABLES}
        self._register = register
        self._day = day
        self._areas = areas
        self._bands = bands
        self._workers = workers
        self._random = Random(0)

    def start_block(self, seed: int, number: int) -> None:
        """Costs are drawn anew for each block, whichever process makes it."""
        self._random = Random(f"costs:{seed}:{number}")

    def text(self) -> dict[str, bytes]:
        """The lines of each table, and an empty start for the next block."""
        written = {name: "".join(rows).encode() for name, rows in self.tables.items()}
        for rows in self.tables.values():
            rows.clear()
        return written

    def add(self, life: Life) -> None:
        """Everything about one child."""
        day, tables = self._day, self.tables
        plan = life.plan if life.plan is not None and life.plan.arrived <= day else None
        self._child(life)
        open_since = 0
        if life.request is not None:
            open_since = request_rows(tables, life, life.request, plan, day, self._areas[life.area])
        elif plan is not None:
            shell_rows(tables, life, plan, self._areas[life.area])
        if plan is not None:
            self._plan(life, plan)
            review_rows(tables, life.number, plan, day)
            transfer_rows(tables, life.number, plan, day)
        held = plan is not None and plan.end >= day
        if held or open_since:
            workers = self._workers[life.area]
            since = open_since or (plan.arrived if plan is not None else day)
            worker = workers[life.number % len(workers)]
            tables["casework_caseassignment"].append(f"{life.number}\t{worker}\tlead\t{iso(since)}\n")

    def _child(self, life: Life) -> None:
        number, day, tables = life.number, self._day, self.tables
        upn = life.upn if life.upn_from <= day else ""
        uln = life.uln if life.uln_from <= day else ""
        reason = "" if upn or uln else life.no_number_reason
        tables["casework_child"].append(
            f"{number}\t{life.surname}\t{life.forename}\t{iso(life.born)}\t{life.sex}\t{life.ethnicity}\t{reason}\t"
            f"{self._areas[life.area]}\treturn\n"
        )
        identifiers = tables["casework_childidentifier"]
        if upn:
            query = "Wrong check letter" if life.wrong_upn else ""
            identifiers.append(f"{number}\tupn\t{upn}\t{query}\t{_NULL}\n")
        if uln:
            identifiers.append(f"{number}\tuln\t{uln}\t\t{_NULL}\n")
        addresses = tables["casework_childaddress"]
        moved = life.moved_home <= day
        until = iso(life.moved_home - 1) if moved else _NULL
        addresses.append(f"{number}\t{life.postcode}\t{_NULL}\t{until}\treturn\n")
        if moved:
            addresses.append(f"{number}\t{life.later_postcode}\t{iso(life.moved_home)}\t{_NULL}\treturn\n")

    def _plan(self, life: Life, plan: PlanLife) -> None:
        number, day, tables = life.number, self._day, self.tables
        ceased = plan.end <= day
        ends = iso(plan.end) if ceased else _NULL
        tables["casework_plan"].append(
            f"{number}\t{number}\t{number * REPEATS}\t{iso(plan.start)}\t{ends}\t{plan.reason if ceased else ''}\t"
            f"{plan.from_la}\treturn\n"
        )
        versions = [version for version in plan.versions if version.start <= day]
        for position, version in enumerate(versions):
            key = number * REPEATS + position
            later = versions[position + 1 :]
            until = iso(later[0].start - 1) if later else ends
            direct = plan.direct_payment
            tables["casework_planversion"].append(
                f"{key}\t{number}\t{position + 1}\t{'amended_final' if position else 'final'}\t{iso(version.start)}\t"
                f"{until}\t{version.need}\t{version.secondary}\t{'t' if plan.personal_budget else 'f'}\t"
                f"{('t' if plan.organised else 'f') if plan.personal_budget else _NULL}\t{direct}\treturn\n"
            )
            tables["placements_namedplacement"].append(
                f"{key}\t{self._place(version.names, named=True)}\treturn\n"
            )
        for position, spell in enumerate(plan.spells):
            if spell.start <= day:
                self._placement(number, number * REPEATS + position, spell)

    def _placement(self, number: int, key: int, spell: Spell) -> None:
        day = self._day
        ends = spell.end if spell.end < day else 0
        place = self._place(spell, named=False)
        before, work_based = place.rsplit("\t", 1)
        self.tables["placements_placement"].append(
            f"{key}\t{number}\t{before}\t{spell.residential or _NULL}\t{work_based}\t{iso(spell.start)}\t"
            f"{iso(ends) if ends else _NULL}\treturn\n"
        )
        provider = place.split("\t", 1)[0]
        for line in lines(spell.leaf, spell.start, ends, day, spell.residential, self._random):
            band = str(self._bands[line.band]) if line.band else _NULL
            self.tables["funding_costline"].append(
                f"{number}\t{key}\t{provider}\t{line.kind}\t{band}\t{line.amount or _NULL}\t{line.basis}\t"
                f"{line.quantity}\t{line.share}\t{iso(line.start)}\t{iso(line.end) if line.end else _NULL}\n"
            )

    def _place(self, spell: Spell | None, *, named: bool) -> str:
        """Establishment, code, words, rank, unit, resourced, residential, work-based."""
        if spell is None or (named and spell.leaf in NAMED_AS_TYPE):
            return f"{_NULL}\tOTH\t{WORDS['OTH']}\t1\tf\tf\t\t"
        leaf = spell.leaf
        if spell.setting == NOWHERE:
            code = CODES[leaf]
            place = f"{_NULL}\t{code}\t{WORDS.get(code, '')}"
        else:
            place = f"{spell.setting + 1}\t\t"
        residential = residential_band(spell) if spell.residential else ""
        return (
            f"{place}\t{spell.rank}\t{'t' if leaf in UNITS else 'f'}\t{'t' if leaf in RESOURCED else 'f'}\t"
            f"{residential}\t{spell.work_based}"
        )
