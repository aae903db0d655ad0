"""A time range in steps: what timelines and plots ask for."""

from __future__ import annotations

from typing import ClassVar

from picket.api.activity import Steps
from picket.api.footage import MAX_RANGE_S
from picket.api.queries import Number, Question
from picket.domain.errors import InvalidRequest
from picket.store.local_time import DAY_S


class StepFilter(Question):
    """Query string of a route that answers a value for each step; its own says the `step`."""

    most_steps: ClassVar[int]

    after: Number = None
    """Unix seconds; 24 hours before the end if left out."""
    before: Number = None
    """Unix seconds; now if left out."""
    step: float

    def steps(self, now: float) -> Steps:
        """The steps that are asked for.

        Raises: InvalidRequest when it ends before it starts, or there are too many.
        """
        before = now if self.before is None else self.before
        after = before - DAY_S if self.after is None else self.after
        if before < after:
            raise InvalidRequest(f"the range ends at {before:.3f}, before it starts")
        if before - after > min(MAX_RANGE_S, self.most_steps * self.step):
            raise InvalidRequest(
                f"at most seven days and {self.most_steps} steps can be asked for at once:"
                " choose a shorter range or a longer step"
            )
        return Steps.of(after, before, self.step)
