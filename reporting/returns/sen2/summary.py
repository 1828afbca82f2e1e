"""What an import adds, changes and leaves alone, in numbers."""

from dataclasses import asdict, dataclass

from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of persons and of records. `left_out` had errors; `doubtful` wait for somebody's answer."""

    children_added: int = 0
    children_changed: int = 0
    children_same: int = 0
    doubtful: int = 0
    left_out: int = 0
    requests_added: int = 0
    plans_added: int = 0
    plans_amended: int = 0
    plans_ceased: int = 0
    placements_added: int = 0
    reviews_added: int = 0
    transfers_added: int = 0
    settings_unknown: int = 0
    plans_not_in_file: int = 0

    def as_dict(self) -> dict[str, int]:
        """For JSON."""
        return asdict(self)

    @property
    def persons_to_import(self) -> int:
        """How many persons the import stores or finds unchanged."""
        return self.children_added + self.children_changed + self.children_same


_COUNTS = {
    "children_added": "select count(*) from t_person where is_new",
    "children_changed": """select count(*) from t_person t
                            where not is_new and exists (select from t_changed c where c.n = t.n)""",
    "children_same": """select count(*) from t_person t
                         where not is_new and not exists (select from t_changed c where c.n = t.n)""",
    "requests_added": "select count(*) from t_request where is_new",
    "plans_added": "select count(*) from t_plan where is_new",
    "plans_amended": "select count(*) from t_version where what in ('add', 'named')",
    "plans_ceased": "select count(*) from t_ceased",
    "placements_added": "select count(*) from t_placement where held_id is null",
    "reviews_added": "select count(*) from t_review where is_new",
    "transfers_added": "select count(*) from t_transfer where is_new",
    "settings_unknown": "select count(*) from t_setting where not in_register",
    "plans_not_in_file": """select count(*) from casework_plan p, t_return ret
                             where p.starts_on <= ret.ref and (p.ends_on is null or p.ends_on >= ret.ref)
                               and not exists (select from t_person t where t.child_id = p.child_id)""",
}


def summary(cursor: CursorWrapper, *, doubtful: int, left_out: int) -> Summary:
    """Count what the steps did."""
    counts = {}
    for name, statement in _COUNTS.items():
        cursor.execute(statement)
        row = cursor.fetchone()
        counts[name] = row[0] if row else 0
    return Summary(**counts, doubtful=doubtful, left_out=left_out)
