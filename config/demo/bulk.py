"""The fast route: a population of any size straight into the tables, in a memory that does not grow with it."""

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection, connections, transaction

from config.demo.bulk_load import copy_rows, without_constraints
from config.demo.bulk_rows import Rows
from config.demo.bulk_tables import TABLES
from config.demo.day import DEMO_DAY, SEED
from config.demo.places import Register
from config.demo.population import BLOCK, block, holds_plan, register_for
from config.demo.reference import Reference, make_reference, make_settings

_OPEN_AND_HELD = 1.12
"""Children with a worker for each plan held: those with an open request have one too."""
_GENERATORS = 2
_PARALLEL_FROM = 8 * BLOCK

Progress = Callable[[str], None]

_REGISTERS: list[Register] = []
"""The register of this load: generating processes inherit it, so that it is not sent with every block."""


@dataclass(frozen=True, slots=True)
class Made:
    """One block's rows, and how many plans it holds."""

    rows: dict[str, bytes]
    children: int
    held: int


def load(*, plans: int, as_at: date = DEMO_DAY, seed: int = SEED, progress: Progress = print) -> int:
    """Fill an empty database with an authority that holds exactly `plans` plans. Returns the number of children."""
    register = register_for(plans)
    _REGISTERS[:] = [register]
    with _pool(plans) as pool, transaction.atomic():
        reference = make_reference(round(plans * _OPEN_AND_HELD))
        make_settings(register.settings)
        with without_constraints(list(TABLES)):
            children = _copy(pool, partial(_make, reference, as_at, seed), plans, progress)
            progress("Putting constraints and indexes back; PostgreSQL checks every row")
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return children


def _copy(pool: "_Pool", make: Callable[..., Made], plans: int, progress: Progress) -> int:
    children = held = number = 0
    told = 0
    for made in pool.run(make):
        if held + made.held > plans:
            made = make(number, most=plans - held)
        copy_rows(TABLES, made.rows)
        children, held, number = children + made.children, held + made.held, number + 1
        if held == plans:
            return children
        if held * 10 // plans > told:
            told = held * 10 // plans
            progress(f"{held:,} of {plans:,} plans")
    raise AssertionError("Blocks never end.")


def _make(reference: Reference, as_at: date, seed: int, number: int, most: int = -1) -> Made:
    """The rows of one block, or of its first children up to `most` plans held."""
    day = as_at.toordinal()
    register = _REGISTERS[0]
    rows = Rows(register, day, reference.areas, reference.bands, reference.workers)
    rows.start_block(seed, number)
    children = held = 0
    for life in block(number, register, as_at, seed):
        rows.add(life)
        children += 1
        held += holds_plan(life, day)
        if held == most:
            break
    return Made(rows.text(), children, held)


class _Pool:
    """Runs blocks one after another: here, or in other processes that stay a few blocks ahead."""

    def __init__(self, pool: "multiprocessing.pool.Pool | None") -> None:
        self._pool = pool

    def run(self, make: Callable[[int], Made]) -> Iterator[Made]:
        """Blocks without end, in order."""
        number = 0
        if self._pool is None:
            while True:
                yield make(number)
                number += 1
        ahead = [self._pool.apply_async(make, (number,)) for number in range(2 * _GENERATORS)]
        while True:
            made = ahead.pop(0).get()
            ahead.append(self._pool.apply_async(make, (number + 2 * _GENERATORS,)))
            number += 1
            yield made

    def __enter__(self) -> "_Pool":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()


def _pool(plans: int) -> _Pool:
    if plans < _PARALLEL_FROM:
        return _Pool(None)
    connections.close_all()  # the generating processes must not share one
    return _Pool(multiprocessing.get_context("fork").Pool(_GENERATORS))
