"""How SQL finds the place of a day among the count days."""

from collections.abc import Sequence
from datetime import date, timedelta


class Days:
    """The count days in order. Places count from 0; the number of days stands for "after the last one".

    The place of a day is looked up in an array with one element for each day of the span: one step, where a search
    through the count days would take several for each of millions of rows.
    """

    def __init__(self, days: Sequence[date]) -> None:
        self.days = tuple(days)
        self.count = len(self.days)
        self._span = (self.days[-1] - self.days[0]).days + 1
        places = []
        place = 0
        for offset in range(self._span):
            places.append(place)
            if self.days[place] == self.days[0] + timedelta(days=offset):
                place += 1
        self._places = ",".join(str(one) for one in (*places, self.count))

    @property
    def past(self) -> str:
        """SQL for the day after the last count day, to stand for "goes on"."""
        return f"DATE '{self.days[-1] + timedelta(days=1)}'"

    @property
    def within(self) -> str:
        """SQL for the range of days from the first count day to the last."""
        return f"daterange(DATE '{self.days[0]}', DATE '{self.days[-1]}', '[]')"

    def place(self, day: str) -> str:
        """SQL for the place of the first count day on or after `day`, which may be infinite."""
        first = f"DATE '{self.days[0]}'"
        return (
            f"('{{{self._places}}}'::integer[])[greatest(least({day}, {self.past}), {first}) - {first} + 1]"
        )
