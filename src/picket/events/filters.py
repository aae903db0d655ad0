"""Which detections of a label are believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from picket.config.coordinates import resolve_polygons
from picket.config.objects import FilterConfig, ObjectsConfig
from picket.domain.detection import Detection
from picket.domain.geometry import Box, Polygon

Contour = npt.NDArray[np.int32]
"""A polygon as OpenCV takes it, pixels of the detect stream, shape (n, 2)."""


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """Bounds of a box, both ends included."""

    min_area: float = 0  # square pixels
    max_area: float = 24_000_000
    min_ratio: float = 0  # width over height
    max_ratio: float = 24_000_000

    def admit(self, box: Box) -> bool:
        """Whether the box is neither too small, too large, too narrow nor too wide."""
        return (
            self.min_area <= box.area <= self.max_area
            and self.min_ratio <= box.ratio <= self.max_ratio
        )


@dataclass(frozen=True, slots=True, eq=False)
class ObjectFilter:
    """The limits of one label."""

    limits: SizeLimits
    min_score: float  # of a single detection, 0..1
    threshold: float  # of the median score, 0..1
    masks: tuple[Contour, ...] = ()  # where its foot must not be


def compile_limits(config: FilterConfig) -> SizeLimits:
    """The bounds of a box from their settings."""
    return SizeLimits(config.min_area, config.max_area, config.min_ratio, config.max_ratio)


def compile_filters(config: ObjectsConfig, width: int, height: int) -> Mapping[str, ObjectFilter]:
    """One filter per tracked label, for a detect stream of this size in pixels."""
    return {label: _compile_filter(config, label, width, height) for label in config.track}


def compile_contours(polygons: Iterable[Polygon]) -> tuple[Contour, ...]:
    """Polygons as OpenCV takes them."""
    return tuple(np.array(polygon, np.int32) for polygon in polygons)


def filter_detections(
    detections: Iterable[Detection],
    filters: Mapping[str, ObjectFilter],
    width: int,
    height: int,
    score_share: float = 1.0,
) -> tuple[Detection, ...]:
    """The detections worth following: cut to the frame, of a tracked label, within its limits.

    `score_share` of `min_score` is enough.
    """
    clipped = ((detection, detection.box.clipped(width, height)) for detection in detections)
    return tuple(
        Detection(detection.label, detection.score, box, detection.region)
        for detection, box in clipped
        if box is not None
        and detection.label in filters
        and detection.score >= score_share * filters[detection.label].min_score
        and _fits(box, filters[detection.label], foot(box, width, height))
    )


def foot(box: Box, width: int, height: int) -> tuple[int, int]:
    """The pixel at the bottom centre of a box, inside the frame: masks and zones test it."""
    x, y = box.bottom_center
    return min(max(x, 0), width - 1), min(max(y, 0), height - 1)


def stands_in(point: tuple[int, int], contour: Contour) -> bool:
    """Whether a pixel lies in a polygon, its edge included."""
    return cv2.pointPolygonTest(contour, (float(point[0]), float(point[1])), measureDist=False) >= 0


def _compile_filter(config: ObjectsConfig, label: str, width: int, height: int) -> ObjectFilter:
    own = config.filters.get(label, FilterConfig())
    polygons = dict.fromkeys(
        polygon
        for raw in (own.mask, config.mask)
        for polygon in resolve_polygons(raw, width, height)
    )
    return ObjectFilter(
        limits=compile_limits(own),
        min_score=own.min_score,
        threshold=own.threshold,
        masks=compile_contours(polygons),
    )


def _fits(box: Box, rule: ObjectFilter, point: tuple[int, int]) -> bool:
    return rule.limits.admit(box) and not any(stands_in(point, mask) for mask in rule.masks)
