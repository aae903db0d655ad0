"""All output families by their `model.model_type`."""

from __future__ import annotations

from collections.abc import Sequence

from picket.detect.decode import fastestdet, nanodet, picodet, ssd, yolo, yolox
from picket.detect.decode.family import Family, InputSize, Shape

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        ssd.FAMILY,
        yolox.FAMILY,
        yolo.YOLOV5,
        yolo.YOLOV8,
        yolo.YOLO_GENERIC,
        picodet.FAMILY,
        nanodet.FAMILY,
        fastestdet.FAMILY,
    )
}


def fitting_families(outputs: Sequence[Shape], size: InputSize) -> list[Family]:
    """Families whose outputs look like these."""
    return [f for f in FAMILIES.values() if f.count_classes(outputs, size) is not None]
