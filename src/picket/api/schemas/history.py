"""The history of statistics: questions and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, Field

from picket.api.activity import Steps
from picket.api.schemas.steps import StepFilter
from picket.store.local_time import DAY_S

Series = dict[str, list[float | None]]


class HistoryFilter(StepFilter):
    """Query string of GET /api/stats/history."""

    most_steps = 3000

    step: Annotated[float, Field(ge=10, le=DAY_S)] = 60.0
    """Seconds for which there is one value; below 60 in the last hour only."""


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
