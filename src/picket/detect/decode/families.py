"""All output families by their `model.model_type`."""

from __future__ import annotations

from collections.abc import Sequence

from picket.detect.decode import (
    detr,
    fastestdet,
    nanodet,
    openvino_ssd,
    picodet,
    ssd,
    yolo,
    yolonas,
    yolox,
)
from picket.detect.decode.family import Family, InputSize, Shape

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        ssd.FAMILY,
        openvino_ssd.FAMILY,
        yolox.FAMILY,
        yolo.YOLOV5,
        yolo.YOLOV8,
        yolo.YOLO_GENERIC,
        yolonas.FAMILY,
        detr.RFDETR,
        detr.DFINE,
        picodet.FAMILY,
        nanodet.FAMILY,
        fastestdet.FAMILY,
    )
}


def fitting_families(outputs: Sequence[Shape], size: InputSize) -> list[Family]:
    """Families whose outputs look like these."""
    return [f for f in FAMILIES.values() if f.count_classes(outputs, size) is not None]
