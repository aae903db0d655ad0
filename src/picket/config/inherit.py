"""What the user wrote at the top, copied down to every camera and detector. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from picket.config.objects import ATTRIBUTE_LABELS

INHERITED = (
    "audio",
    "birdseye",
    "record",
    "snapshots",
    "rtmp",
    "live",
    "objects",
    "motion",
    "detect",
    "ffmpeg",
    "timestamp_style",
)
"""Global sections that cameras take over."""

ATTRIBUTE_MIN_SCORE = 0.7
"""Attributes are small, so a weak hit says little."""

DEFAULT_MIN_SCORE = 0.5

Raw = Mapping[str, Any]
"""A mapping as it was read: shape already checked, empty sections still None."""


def inherit(data: Raw) -> dict[str, Any]:
    """The file with every global key that was written merged into cameras and detectors.

    The camera's value wins, key by key; mappings are merged, lists are replaced. A global section
    that was not written overrides nothing.
    """
    top = {name: data.get(name) or {} for name in INHERITED}
    if "filters" in top["objects"]:
        filters = with_attribute_filters(top["objects"]["filters"] or {})
        top["objects"] = {**top["objects"], "filters": filters}
    cameras = {
        name: merge({key: section for key, section in top.items() if section}, camera)
        for name, camera in data["cameras"].items()
    }
    model = {"model": data.get("model") or {}}
    detectors = written_detectors(data.get("detectors") or default_detector(model["model"]))
    return {
        **data,
        "cameras": cameras,
        "detectors": {name: merge(model, detector) for name, detector in detectors.items()},
    }


def default_detector(model: Raw) -> str:
    """What looks for objects when the file does not say: what can use the file's model."""
    return "auto" if model.get("path") else "hog"


def written_detectors(section: Any) -> Any:
    """The section `detectors` as a mapping; `auto` is short for one detector of that type."""
    return {section: {"type": section}} if isinstance(section, str) else section


def merge(below: Raw, above: Raw) -> dict[str, Any]:
    """Both mappings in one; `above` wins, except that an empty section hides nothing."""
    merged = dict(below)
    for key, value in above.items():
        base = below.get(key)
        if isinstance(base, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(base, value)
        elif not (isinstance(base, Mapping) and value is None):
            merged[key] = value
    return merged


def with_attribute_filters(filters: Raw) -> dict[str, Any]:
    """Filters with one for each attribute; even a written `min_score` of 0.5 becomes 0.7."""
    raised = dict(filters)
    for label in ATTRIBUTE_LABELS:
        own = raised.get(label) or {}
        if float(own.get("min_score") or DEFAULT_MIN_SCORE) == DEFAULT_MIN_SCORE:
            raised[label] = {**own, "min_score": ATTRIBUTE_MIN_SCORE}
    return raised
