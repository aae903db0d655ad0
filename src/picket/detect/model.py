"""A model file as the program uses it: what goes in, what comes out, and what it is called."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from picket.config.detectors import ModelConfig
from picket.detect.decode.candidates import Candidates
from picket.detect.decode.families import FAMILIES, fitting_families
from picket.detect.decode.family import Family, Floats, InputSize, PixelFormat, Shape
from picket.detect.found import found_objects
from picket.detect.labels import builtin_labels, complete_labels, read_labelmap
from picket.domain.errors import ModelError
from picket.domain.frame import Picture
from picket.domain.status import ModelInfo
from picket.ipc.messages import FoundObject

logger = logging.getLogger(__name__)

Layout = Literal["nhwc", "nchw"]

InputType = Literal["float32", "float16", "uint8", "int8"]

CHANNELS = 3


@dataclass(frozen=True, slots=True)
class Tensors:
    """What a runtime tells about a file; all axes are known."""

    path: Path
    input: Shape
    dtype: InputType
    outputs: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """How to feed a network and to read its answer."""

    info: ModelInfo
    family: Family
    size: InputSize
    layout: Layout
    dtype: InputType
    label_ids: npt.NDArray[np.int64]  # the first class with the same label, per class

    def tensor(self, crop: Picture) -> npt.NDArray[np.generic]:
        """The network's input.

        Args:
            crop: uint8, shape (height, width, 3), channels in `info.pixel_format` order.

        Returns: batch of one in the file's layout and type, contiguous.
        Raises: ValueError when the crop is not of the model's size.
        """
        if crop.shape != (self.size.height, self.size.width, CHANNELS):
            raise ValueError(f"{self.info.name} takes crops of {self.size}, got {crop.shape}")
        planes = crop if self.layout == "nhwc" else crop.transpose(2, 0, 1)
        # The scale of a quantised input is chosen so that its steps are the 256 bytes.
        if self.dtype == "uint8":
            return np.ascontiguousarray(planes)[None]
        if self.dtype == "int8":
            return (np.ascontiguousarray(planes) ^ np.uint8(128)).view(np.int8)[None]
        return self._normalised(planes).astype(self.dtype, copy=False)[None]

    def _normalised(self, planes: Picture) -> Floats:
        values = planes.astype(np.float32, order="C")
        preparation = self.family.preparation.in_order(self.info.pixel_format)
        along = (1, 1, CHANNELS) if self.layout == "nhwc" else (CHANNELS, 1, 1)
        # Two passes in place are cheaper than a table, and none than two.
        if any(preparation.mean):
            values -= np.array(preparation.mean, np.float32).reshape(along)
        if set(preparation.std) != {1.0}:
            values /= np.array(preparation.std, np.float32).reshape(along)
        return values

    def found(self, outputs: Sequence[Floats]) -> list[FoundObject]:
        """The objects in a network's outputs (in file order), best first, without duplicates."""
        raw = self.family.decode(outputs, self.size)
        # Classes that share a label (car, truck) are rivals of each other.
        classes = self.label_ids[np.clip(raw.classes, 0, len(self.label_ids) - 1)]
        named = Candidates(raw.boxes, raw.scores, classes)
        return found_objects(named, self.info.labels, self.family.nms_iou)


def describe_model(config: ModelConfig, tensors: Tensors) -> Model:
    """Join what the file says with what is configured; where the file speaks, it is right.

    Raises: ModelError when the file is no detector that can be read, contradicts
        `model.model_type`, or has classes without a label.
    """
    layout, size = _input_form(config, tensors)
    family = _family(config, tensors, size)
    count = family.count_classes(tensors.outputs, size) or 0
    labels = _labels(config, family, count, tensors.path.name)
    pixel_format = _pixel_format(config, family)
    info = ModelInfo(
        name=tensors.path.stem,
        type=family.name,
        width=size.width,
        height=size.height,
        pixel_format=pixel_format,
        labels=labels,
        md5=hashlib.md5(tensors.path.read_bytes(), usedforsecurity=False).hexdigest(),
    )
    ids = np.array([labels.index(label) for label in labels], dtype=np.int64)
    return Model(info, family, size, layout, tensors.dtype, ids)


def _labels(config: ModelConfig, family: Family, count: int, file: str) -> tuple[str, ...]:
    if config.labelmap_path:
        names = read_labelmap(Path(config.labelmap_path), count)
    else:
        names = builtin_labels(count or family.assumed_classes)
    if not names and not config.labelmap:
        raise ModelError(
            f"{file} does not tell what it finds: set model.labelmap_path to the label file that"
            " belongs to the model, or name the classes under model.labelmap"
        )
    return complete_labels(names, config.labelmap, count)


def input_shape(stated: Shape, config: ModelConfig, file: str) -> Shape:
    """The shape to feed: what the file states, open axes filled from the configuration.

    Args:
        stated: axes of the file's input, 0 where it leaves one open.
        config: `width`, `height` and `input_tensor` serve where the file is silent.
        file: name, for the message.

    Raises: ModelError when the input is no colour picture.
    """
    match stated:
        case (_, 3, height, width):
            return (1, CHANNELS, height or config.height, width or config.width)
        case (_, height, width, 3):
            return (1, height or config.height, width or config.width, CHANNELS)
        case (_, 0, 0, 0) if config.input_tensor == "nchw":
            return (1, CHANNELS, config.height, config.width)
        case (_, 0, 0, 0):
            return (1, config.height, config.width, CHANNELS)
        case _:
            raise ModelError(
                f"{file} takes an input of shape {stated}, which is no colour picture: set"
                " model.path to an object detection model"
            )


def _input_form(config: ModelConfig, tensors: Tensors) -> tuple[Layout, InputSize]:
    """Axis order and size; a configured size that differs is told, not obeyed."""
    _, a, b, c = tensors.input
    layout: Layout
    layout, size = ("nchw", InputSize(c, b)) if a == CHANNELS else ("nhwc", InputSize(b, a))
    asked = InputSize(config.width, config.height)
    if asked != size and config.model_fields_set & {"width", "height"}:
        logger.warning(
            "%s takes %s pixels, not %s as configured; using %s: mend model.width, model.height",
            *(tensors.path.name, size, asked, size),
        )
    return layout, size


def _family(config: ModelConfig, tensors: Tensors, size: InputSize) -> Family:
    fitting = fitting_families(tensors.outputs, size)
    for family in fitting:
        if config.model_type in (family.name, *family.also_called):
            return family
    file, seen = tensors.path.name, f"the outputs {list(tensors.outputs)}"
    is_configured = "model_type" in config.model_fields_set
    if fitting and not is_configured:
        logger.info("%s is read as model.model_type %s, by its outputs", file, fitting[0].name)
        return fitting[0]
    configured = FAMILIES.get(config.model_type) if is_configured else None
    if configured is None:
        problem = f"{seen} of {file} at {size} are none that this version reads ({_known()})"
    else:
        problem = (
            f"model.model_type is {config.model_type}, but {seen} of {file} at {size} are not"
            f" {configured.outputs}"
        )
    hint = " or ".join(family.name for family in fitting)
    cure = f"set model.model_type to {hint}" if fitting else "choose another model.path"
    raise ModelError(f"{problem}: {cure}")


def _known() -> str:
    return ", ".join(FAMILIES)


def _pixel_format(config: ModelConfig, family: Family) -> PixelFormat:
    if "input_pixel_format" not in config.model_fields_set:
        return family.preparation.pixel_format
    if config.input_pixel_format == "yuv":
        raise ModelError(
            "model.input_pixel_format is yuv, which no supported model takes: set rgb or bgr,"
            f" or leave it out ({family.name} was trained on {family.preparation.pixel_format})"
        )
    return config.input_pixel_format
