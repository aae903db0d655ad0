"""`objects`: which labels are tracked and which detections are believed."""

from __future__ import annotations

from picket.config.section import Section, setting
from picket.config.words import TextOrList

ATTRIBUTE_LABELS = ("face", "amazon", "ups", "fedex", "license_plate")
"""Parts of objects that models with attributes report; they get a filter of their own."""


class FilterConfig(Section):
    """Limits for one label."""

    min_area: int = setting("Smallest box.", default=0, unit="px^2")
    max_area: int = setting("Largest box.", default=24_000_000, unit="px^2")
    min_ratio: float = setting("Narrowest box.", default=0, unit="width / height")
    max_ratio: float = setting("Widest box.", default=24_000_000, unit="width / height")
    threshold: float = setting(
        "Median score from which an object is a true positive; less is enough of one that walks.",
        default=0.7,
        unit="0..1",
    )
    min_score: float = setting(
        "Score from which a single detection counts; from half of it on one may go on with a known"
        " object where it is expected.",
        default=0.5,
        unit="0..1",
    )
    mask: TextOrList | None = setting(
        "Polygons in which this label is ignored (by the bottom centre of its box).", default=None
    )


class ObjectsConfig(Section):
    """Labels to track, with their filters."""

    track: tuple[str, ...] = setting("Labels to track.", default=("person",))
    filters: dict[str, FilterConfig] = setting("Limits by label.", default={})
    mask: TextOrList = setting(
        "Polygons in which every label is ignored (by the bottom centre of its box).", default=""
    )
