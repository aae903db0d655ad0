"""Names of the classes that a model tells apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from picket.domain.errors import ModelError
from picket.domain.labelmap import parse_labelmap

UNKNOWN = "unknown"
"""Stands where a class has no name."""

# The 80 object classes of the COCO data set (Lin et al. 2014), in its order.
COCO_80 = (
    *("person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat"),
    *("traffic light", "fire hydrant", "stop sign", "parking meter", "bench", "bird", "cat"),
    *("dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "backpack"),
    *("umbrella", "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball"),
    *("kite", "baseball bat", "baseball glove", "skateboard", "surfboard", "tennis racket"),
    *("bottle", "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple"),
    *("sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake", "chair"),
    *("couch", "potted plant", "bed", "dining table", "toilet", "tv", "laptop", "mouse"),
    *("remote", "keyboard", "cell phone", "microwave", "oven", "toaster", "sink"),
    *("refrigerator", "book", "clock", "vase", "scissors", "teddy bear", "hair drier"),
    "toothbrush",
)

# COCO's paper numbered 91 categories; these are the numbers whose objects never got a label.
_NOT_IN_COCO = (11, 25, 28, 29, 44, 65, 67, 68, 70, 82, 90)


def _with_gaps(names: tuple[str, ...]) -> tuple[str, ...]:
    remaining = iter(names)
    return tuple(UNKNOWN if n in _NOT_IN_COCO else next(remaining) for n in range(91))


COCO_91 = _with_gaps(COCO_80)

RENAMED = {"truck": "car"}
"""The built-in names see pick-ups and vans as the cars they mostly are, as Frigate's do."""


def builtin_labels(class_count: int) -> dict[int, str]:
    """COCO's names by class index for a model of 80, 90 or 91 classes; none for any other."""
    names = {80: COCO_80, 90: COCO_91, 91: COCO_91}.get(class_count, ())
    return {index: RENAMED.get(name, name) for index, name in enumerate(names)}


def read_labelmap(path: Path, class_count: int) -> dict[int, str]:
    """The label map in a file.

    Args:
        path: of the file.
        class_count: classes of the model, 0 when its file does not tell.

    Raises: ModelError when it cannot be read, breaks its form or has more labels than the model
        has classes, since it was then made for another one and would name objects wrongly.
    """
    try:
        labels = parse_labelmap(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(
            f"the label map cannot be read ({error}): mend or remove model.labelmap_path"
        ) from error
    last = max((index for index, label in labels.items() if label), default=0)
    if class_count and last >= class_count:
        raise ModelError(
            f"the label map {path.name} names class {last} ({labels[last]}), but the model has only"
            f" {class_count} classes: set model.labelmap_path to the label file that belongs to"
            " the model, or leave it out for a model of COCO's 80 classes"
        )
    return labels


def complete_labels(
    names: Mapping[int, str], overrides: Mapping[int, str], class_count: int
) -> tuple[str, ...]:
    """One label per class.

    Args:
        names: from the user's label file, or the built-in ones.
        overrides: `model.labelmap`; wins.
        class_count: classes of the model, 0 when its file does not tell.

    Raises: ModelError when a class would stay without a name.
    """
    names = {**names, **overrides}
    missing = [index for index in range(class_count) if not names.get(index)]
    if missing:
        raise ModelError(
            f"the model has {class_count} classes, but class {missing[0]} has no label"
            f" ({len(missing)} have none): set model.labelmap_path to the label file that belongs"
            " to the model, or name the classes under model.labelmap"
        )
    # Without a count at least COCO's 91 places are filled, as Frigate does.
    length = class_count or max(91, *(index + 1 for index in names))
    return tuple(names.get(index) or UNKNOWN for index in range(length))
