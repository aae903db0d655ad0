"""Which inputs can be fed, and with what."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from picket.config.detectors import ModelConfig
from picket.detect.backends.network import (
    NetworkBackend,
    NetworkInput,
    Values,
    picture_input,
    size_inputs,
)
from picket.detect.decode.family import Floats
from picket.domain.errors import ModelError

PICTURE = NetworkInput("images", (0, 3, 256, 320), "float32")
SIZES = NetworkInput("orig_target_sizes", (0, 2), "int64")


class RecordingNetwork:
    """Remembers what it was given and answers an empty YOLO grid."""

    inputs: Sequence[NetworkInput] = (PICTURE, SIZES)

    def __init__(self) -> None:
        self.given: list[Mapping[str, Values]] = []

    def run(self, values: Mapping[str, Values]) -> list[Floats]:
        self.given.append(values)
        return [np.zeros((1, 84, 1680), dtype=np.float32)]


def test_open_axes_of_the_picture_are_filled() -> None:
    assert picture_input([PICTURE], ModelConfig(), "m.onnx").shape == (1, 3, 256, 320)


@pytest.mark.parametrize(
    "inputs",
    [
        [],
        [PICTURE, PICTURE],
        [NetworkInput("images", (1, 3, 256, 320), "float64")],
        [PICTURE, NetworkInput("scale", (1, 4), "float32")],
    ],
)
def test_anything_but_one_picture_is_refused(inputs: list[NetworkInput]) -> None:
    with pytest.raises(ModelError, match=r"m\.onnx takes .*only models with one picture"):
        picture_input(inputs, ModelConfig(), "m.onnx")


@pytest.mark.parametrize("shape", [(1, 3, 256, 320), (1, 256, 320, 3)])
def test_a_network_that_asks_is_told_width_and_height(shape: tuple[int, ...]) -> None:
    picture = NetworkInput("images", shape, "float32")
    told = size_inputs([picture, SIZES], picture)
    assert {name: value.tolist() for name, value in told.items()} == {SIZES.name: [[320, 256]]}
    assert told[SIZES.name].dtype == np.int64


def test_every_look_feeds_the_picture_and_the_size(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    path.touch()
    network = RecordingNetwork()
    backend = NetworkBackend(network, path, ModelConfig(model_type="yolov8"))
    assert backend.infer(np.full((256, 320, 3), 255, np.uint8)) == []
    assert [sorted(values) for values in network.given] == [["images", SIZES.name]] * 2
    assert network.given[-1]["images"].max() == 1
