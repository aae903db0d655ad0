"""Labels that detectors mistake for one another, such as the van that is now a car, now a truck."""

from __future__ import annotations

from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(("car", "truck", "bus", "vehicle"), "vehicle"),
    **dict.fromkeys(("bicycle", "motorcycle", "bike"), "two-wheeler"),
    **dict.fromkeys(("cat", "dog", "sheep", "cow", "horse", "bear"), "animal"),
}


def family_of(label: str) -> str:
    """The same word for labels that may be given to one thing in two frames."""
    return FAMILIES.get(label, label)
