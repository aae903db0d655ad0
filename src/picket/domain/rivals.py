"""Labels that detectors mistake for one another, such as the van that is now a car, now a truck."""

from __future__ import annotations

VEHICLES = frozenset(("car", "truck", "bus", "vehicle"))


def family_of(label: str) -> str:
    """The same word for labels that may be given to one thing in two frames."""
    return "vehicle" if label in VEHICLES else label
