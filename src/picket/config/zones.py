"""`cameras.<name>.zones`: named areas of the picture."""

from __future__ import annotations

from pydantic import ConfigDict

from picket.config.objects import FilterConfig
from picket.config.section import Section, setting
from picket.config.words import TextOrList


class ZoneConfig(Section):
    """A named area; unknown keys are ignored, as Frigate does here."""

    model_config = ConfigDict(extra="ignore")

    coordinates: TextOrList = setting("The polygon: `x1,y1,x2,y2,...`, or a list of `x,y` points.")
    filters: dict[str, FilterConfig] = setting("Limits by label inside the zone.", default={})
    inertia: int = setting(
        "Frames in a row that an object must stand in the zone.", default=3, unit="frames", gt=0
    )
    objects: TextOrList = setting("Labels that may enter; empty means all.", default=())

    @property
    def labels(self) -> tuple[str, ...]:
        """`objects` as a tuple, however it was written."""
        return (self.objects,) if isinstance(self.objects, str) else self.objects
