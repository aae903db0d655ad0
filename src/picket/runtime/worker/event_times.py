"""How soon the objects of one camera are told of."""

from __future__ import annotations

from picket.domain.measures import NO_EVENTS
from picket.ipc.messages import Change, ObjectChanged


class EventTimes:
    """Notes each object once, when it is believed; one thread notes, any may read."""

    def __init__(self) -> None:
        self.believed = NO_EVENTS  # from its first frame to the one that convinced
        self.analysed = NO_EVENTS  # from that frame's time to now

    def note(self, changed: ObjectChanged, now: float) -> None:
        """Args: now: Unix seconds."""
        if changed.change is Change.NEW:
            seen = changed.after
            self.believed = self.believed.observed(seen.frame_time - seen.start_time)
            self.analysed = self.analysed.observed(now - seen.frame_time)
