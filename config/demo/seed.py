"""Builds the demonstration authority: the standard route through the real returns, or the fast route at any size."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from casework.models import Child, User
from config.demo import bulk, finishing, letters, people, reference, since, stories
from config.demo.day import CENSUS_DAYS, DEMO_DAY, LA_CODE, SEED
from config.demo.held_rows import read
from config.demo.population import population, register_for
from config.demo.sen2_file import write_return
from config.demo.settings_register import write_register
from reporting.returns.gias.load import load as load_register
from reporting.returns.sen2.work import bring_in
from reporting.services import imports

STANDARD_PLANS = 3_000
FAST_FROM = 20_000
_WITH_WORKER = 1.12
"""Children with a worker for each plan held."""

Progress = Callable[[str], None]


class NotEmpty(Exception):
    """There are children or people in the database already; the message says what to do."""


def seed(
    *,
    plans: int = STANDARD_PLANS,
    as_at: date = DEMO_DAY,
    seed: int = SEED,
    fast: bool = False,
    reset: bool = False,
    progress: Progress = print,
) -> None:
    """Make the authority. Raises NotEmpty when there is one already and `reset` is not asked for."""
    if reset:
        progress("Removing everything")
        _empty()
    elif Child.objects.exists() or User.objects.exists():
        raise NotEmpty(
            "There are people in this database already. Nothing was changed. "
            "Use --reset to remove everything and make the demonstration authority afresh."
        )
    if fast or plans >= FAST_FROM:
        bulk.load(plans=plans, as_at=as_at, seed=seed, progress=progress)
        with transaction.atomic():
            letters.make_letters()
            reference.make_api_client()
            finishing.restrict_some(as_at)
    else:
        _standard(plans, as_at, seed, progress)


def _standard(plans: int, as_at: date, seed: int, progress: Progress) -> None:
    folder = Path(settings.STATE_DIR) / "demo"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    register = register_for(plans)
    children = list(population(plans, as_at, seed, register))
    with transaction.atomic():
        known = reference.make_reference(round(plans * _WITH_WORKER))
        officer = User.objects.get(
            email=next(one.email for one in people.PEOPLE if one.role == "data_officer")
        )
        rows = write_register(folder / "settings.csv", register.settings)
        load_register(folder / "settings.csv", as_at=as_at, by=officer)
        progress(f"Loaded a register of {rows} fictional settings")
        for year in sorted(CENSUS_DAYS):
            if CENSUS_DAYS[year] > as_at:
                continue
            path = folder / f"sen2-{year}.xml"
            write_return(path, year, iter(children), register)
            outcome = bring_in(path, la_code=LA_CODE, as_at=as_at, by=officer, leave_out_errors=True)
            imports.record(outcome=outcome, file_name=path.name, by=officer, leave_out_errors=True)
            progress(f"Brought in the SEN2 return of {year}: {outcome.persons:,} persons")
        _analyze()  # nobody else has had the time to, and the next steps join what was just loaded
        held = read(register.settings)
        logged = since.bring_up_to_day(children, held, as_at, known.areas, known.workers, seed)
        progress(f"Recorded what happened since the last return: {logged:,} requests")
        progress(f"Added {finishing.add_costs(known.bands, as_at, seed):,} cost lines")
        progress(f"Gave {finishing.assign_workers(known.areas, known.workers, as_at):,} children a worker")
        finishing.restrict_some(as_at)
        finishing.excuse_some(as_at)
        stories.tell(as_at, progress=progress)
        letters.make_letters()
        reference.make_api_client()
    _analyze()


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _empty() -> None:
    labels = ("casework", "placements", "funding", "reporting", "pghistory", "oauth2_provider", "account")
    with connection.cursor() as cursor:
        real = set(connection.introspection.table_names(cursor))
        ours = {model._meta.db_table for label in labels for model in apps.get_app_config(label).get_models()}
        names = ", ".join(connection.ops.quote_name(name) for name in sorted(ours & real))
        cursor.execute(f"truncate {names} restart identity cascade")
