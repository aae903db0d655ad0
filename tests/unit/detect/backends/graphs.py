"""Small networks that always answer the same, as files that a real runtime opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import openvino as ov
from openvino import opset13 as ops

from picket.detect.decode.family import Floats
from tests.unit.detect.decode.outputs import DOG, RELATIVE, SIZE, zeros

PICTURE = (1, 3, SIZE.height, SIZE.width)


def constant_graph(
    path: Path, outputs: Sequence[Floats], picture_shape: Sequence[int] = PICTURE
) -> Path:
    """A network that takes a picture (-1: of any height, say) and answers with these outputs."""
    picture = ops.parameter(picture_shape, np.float32, name="images")
    results = [ops.result(ops.constant(output)) for output in outputs]
    ov.save_model(ov.Model(results, [picture], "constant"), path, compress_to_fp16=False)
    return path


def sized_graph(path: Path) -> Path:
    """A dog in a network that asks, as D-FINE's do, for width and height and answers in them."""
    picture = ops.parameter(PICTURE, np.float32, name="images")
    sizes = ops.parameter((1, 2), np.int64, name="orig_target_sizes")
    shares, labels, scores = zeros(1, 300, 4), np.zeros((1, 300), np.int64), zeros(1, 300)
    shares[0, 7], labels[0, 7], scores[0, 7] = RELATIVE, DOG, 0.8
    span = ops.convert(ops.concat([sizes, sizes], 1), "f32")
    boxes = ops.multiply(ops.constant(shares), ops.unsqueeze(span, np.array([1])))
    outputs = (ops.constant(labels), boxes, ops.constant(scores))
    results = [ops.result(output) for output in outputs]
    ov.save_model(ov.Model(results, [picture, sizes], "sized"), path, compress_to_fp16=False)
    return path
