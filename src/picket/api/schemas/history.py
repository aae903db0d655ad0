"""The history of statistics: questions and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, Field

from picket.api.activity import Steps
from picket.api.queries import Number, Question
from picket.domain.errors import InvalidRequest

DAY_S = 86_400
MOST_STEPS = 3000
Series = dict[str, list[float | None]]


class HistoryFilter(Question):
    """Query string of GET /api/stats/history."""

    after: Number = None
    """Unix seconds; 24 hours before the end if left out."""
    before: Number = None
    """Unix seconds; now if left out."""
    step: Annotated[float, Field(ge=10, le=DAY_S)] = 60.0
    """Seconds for which there is one value; below 60 in the last hour only."""

    def steps(self, now: float) -> Steps:
        """The steps that are asked for.

        Raises: InvalidRequest when it ends before it starts, or there are too many.
        """
        before = now if self.before is None else self.before
        after = before - DAY_S if self.after is None else self.after
        if before < after:
            raise InvalidRequest(f"the range ends at {before:.3f}, before it starts")
        if before - after > MOST_STEPS * self.step:
            raise InvalidRequest(
                f"at most {MOST_STEPS} steps can be asked for: choose a longer step"
            )
        return Steps.of(after, before, self.step)


class HistoryOut(BaseModel):
    """Means by step; null where nothing is known."""

    step: float  # seconds
    start: float  # Unix seconds
    cameras: dict[str, Series]  # fps, skipped; cpu: an even share of its worker's, percent
    detectors: dict[str, Series]  # ms
    processes: dict[str, Series]  # cpu, percent of a core; memory, MiB
    storage: dict[str, Series]  # used, free; MiB

    @classmethod
    def of(cls, steps: Steps, found: Mapping[str, list[float | None]]) -> Self:
        """The answer's form; a series is called `<kind>/<name>/<value>`."""
        kinds: dict[str, dict[str, Series]] = {
            "cameras": {},
            "detectors": {},
            "processes": {},
            "storage": {},
        }
        for key, values in found.items():
            kind, _, rest = key.partition("/")
            name, _, value = rest.rpartition("/")
            if kind in kinds:
                rounded = [None if one is None else round(one, 2) for one in values]
                kinds[kind].setdefault(name, {})[value] = rounded
        return cls(step=steps.step_s, start=steps.start_time, **kinds)
