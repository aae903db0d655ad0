"""Every model type without a file among the test data, through a real runtime, from file to dog."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from picket.config.detectors import DetectorConfig
from picket.detect.backends.openvino import open_openvino
from picket.detect.decode.family import Floats
from picket.domain.errors import ModelError
from tests.unit.detect.backends.graphs import constant_graph, sized_graph
from tests.unit.detect.decode.outputs import OBJECT, RELATIVE, SIZE, zeros
from tests.unit.detect.decode.test_detr import rfdetr
from tests.unit.detect.decode.test_openvino_ssd import one_table, two_tables
from tests.unit.detect.decode.test_yolonas import batch, flat, raw

CELLS = 40 * 32 + 20 * 16 + 10 * 8
DOG_IN_80 = 16
BLANK = np.zeros((SIZE.height, SIZE.width, 3), np.uint8)


def yolov9() -> list[Floats]:
    output = zeros(1, 84, CELLS)
    output[0, :4, 7] = (96, 128, 64, 96)
    output[0, 4 + DOG_IN_80, 7] = 0.8
    return [output]


def yolov10() -> list[Floats]:
    output = zeros(1, 300, 6)
    output[0, 0] = [*OBJECT, 0.8, DOG_IN_80]
    return [output]


def yolov7_end_to_end() -> list[Floats]:
    return [np.array([[0, *OBJECT, DOG_IN_80, 0.8]], np.float32)]


def config(path: Path, model_type: str, **model: object) -> DetectorConfig:
    settings = {"path": str(path), "model_type": model_type} | model
    return DetectorConfig.model_validate({"type": "openvino", "model": settings})


def assert_finds_the_dog(config: DetectorConfig, name: str = "dog") -> None:
    (found,) = open_openvino(config).infer(BLANK)
    assert (found.label, round(found.score, 3)) == (name, 0.8)
    assert np.allclose((found.x1, found.y1, found.x2, found.y2), RELATIVE, atol=1e-4)


@pytest.mark.parametrize(
    ("model_type", "outputs"),
    [
        ("yolo-generic", yolov9),
        ("yolo-generic", yolov10),
        ("yolo-generic", yolov7_end_to_end),
        ("yolonas", flat),
        ("yolonas", batch),
        ("yolonas", raw),
    ],
)
def test_a_dog_is_found_by_its_own_number(
    tmp_path: Path, model_type: str, outputs: Callable[[], list[Floats]]
) -> None:
    path = constant_graph(tmp_path / "m.xml", outputs())
    assert_finds_the_dog(config(path, model_type))


def test_rfdetr_counts_as_the_paper_of_coco_does(tmp_path: Path) -> None:
    # Number 17 among 90 is a cat; 16 among the 80 that were labelled is a dog.
    path = constant_graph(tmp_path / "m.xml", rfdetr())
    assert_finds_the_dog(config(path, "rfdetr"), "cat")


@pytest.mark.parametrize("outputs", [one_table, two_tables])
def test_ssd_of_openvino_needs_names(tmp_path: Path, outputs: Callable[[], list[Floats]]) -> None:
    path = constant_graph(tmp_path / "m.xml", outputs())
    with pytest.raises(ModelError, match=r"m\.xml does not tell what it finds"):
        open_openvino(config(path, "ssd"))
    assert_finds_the_dog(config(path, "ssd", labelmap={DOG_IN_80: "dog"}))


def test_dfine_is_told_the_size_of_the_picture(tmp_path: Path) -> None:
    assert_finds_the_dog(config(sized_graph(tmp_path / "m.xml"), "dfine"))


@pytest.mark.parametrize("shape", [(-1, 3, -1, -1), (-1, 3, 256, 320), (-1, -1, -1, -1)])
def test_what_a_file_leaves_open_comes_from_the_configuration(
    tmp_path: Path, shape: tuple[int, ...]
) -> None:
    path = constant_graph(tmp_path / "m.xml", yolov9(), shape)
    model = {"width": 320, "height": 256, "input_tensor": "nchw"}
    assert_finds_the_dog(config(path, "yolov8", **model))


def test_a_classifier_is_no_detector(tmp_path: Path) -> None:
    path = constant_graph(tmp_path / "classifier.xml", [zeros(1, 1000)])
    with pytest.raises(ModelError, match=r"classifier\.xml.*choose another model\.path"):
        open_openvino(config(path, "yolox"))
