"""Parts recognised on objects: faces, licence plates, the logos of couriers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from picket.config.objects import ATTRIBUTE_LABELS
from picket.domain.detection import Detection
from picket.domain.overlay import AttributeBox

ATTRIBUTES_OF: Mapping[str, tuple[str, ...]] = {
    "person": ("face", "amazon"),
    "car": ("ups", "fedex", "amazon", "license_plate"),
}
"""What can be found on an object of a label."""

LOGOS = ("ups", "fedex", "amazon")
"""Attributes that name the car they are on."""


def split_attributes(
    detections: Iterable[Detection],
) -> tuple[tuple[Detection, ...], tuple[Detection, ...]]:
    """(objects, attributes): only the former are tracked."""
    everything = tuple(detections)
    return (
        tuple(d for d in everything if d.label not in ATTRIBUTE_LABELS),
        tuple(d for d in everything if d.label in ATTRIBUTE_LABELS),
    )


def attributes_on(carrier: Detection, found: Iterable[Detection]) -> tuple[AttributeBox, ...]:
    """The attributes of this frame that lie fully inside an object which can have them."""
    possible = ATTRIBUTES_OF.get(carrier.label, ())
    return tuple(
        AttributeBox(attribute.label, attribute.score, attribute.box)
        for attribute in found
        if attribute.label in possible and carrier.box.contains(attribute.box)
    )


def best_scores(known: Mapping[str, float], seen: Iterable[AttributeBox]) -> Mapping[str, float]:
    """The highest score of every attribute so far, in order of first sight."""
    best = dict(known)
    for attribute in seen:
        best[attribute.label] = max(attribute.score, best.get(attribute.label, 0.0))
    return best


def find_logo(label: str, attributes: Mapping[str, float]) -> tuple[str, float] | None:
    """The best courier's logo on a car, or None."""
    logos = [(name, attributes[name]) for name in LOGOS if name in attributes]
    return max(logos, key=lambda logo: logo[1]) if label == "car" and logos else None
