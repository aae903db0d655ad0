"""What is made of a model file and its configuration."""

import hashlib
import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from picket.config.detectors import ModelConfig
from picket.detect.decode.family import Shape
from picket.detect.model import InputType, Model, Tensors, describe_model, input_shape
from picket.domain.errors import ModelError

YOLOX_OUTPUTS = ((1, 3549, 85),)
SSD_OUTPUTS = ((1, 10, 4), (1, 10), (1, 10), (1,))
PICODET_OUTPUTS = tuple((1, n, c) for c in (80, 32) for n in (2704, 676, 169, 49))
NCHW, NHWC = (1, 3, 416, 416), (1, 416, 416, 3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "network.onnx"
    path.write_bytes(b"weights")
    return path


def described(
    file: Path,
    outputs: tuple[Shape, ...] = YOLOX_OUTPUTS,
    shape: Shape = NCHW,
    dtype: InputType = "float32",
    **settings: Any,
) -> Model:
    return describe_model(ModelConfig(**settings), Tensors(file, shape, dtype, outputs))


def gradient() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A crop in which every row, column and channel has another value."""
    rows, columns, channels = np.indices((416, 416, 3))
    return np.asarray(rows // 2 + columns // 8 + channels * 60, dtype=np.int64).astype(np.uint8)


def test_the_description_is_read_from_the_file(file: Path) -> None:
    info = described(file).info
    assert (info.name, info.type, info.pixel_format) == ("network", "yolox", "bgr")
    assert (info.width, info.height) == (416, 416)
    assert len(info.labels) == 80
    assert info.md5 == hashlib.md5(b"weights", usedforsecurity=False).hexdigest()


def test_the_default_size_of_320_does_not_disturb_a_file_of_416(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        described(file)
    assert caplog.messages == []


def test_a_configured_size_that_differs_is_told_and_not_obeyed(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = described(file, width=300, height=300)
    assert (model.info.width, model.info.height) == (416, 416)
    assert "takes 416x416 pixels, not 300x300 as configured" in caplog.text
    assert "model.width" in caplog.text


def test_a_configured_size_that_agrees_is_not_worth_a_word(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    described(file, width=416, height=416, model_type="yolox")
    assert caplog.messages == []


def test_a_type_that_contradicts_the_file_names_file_finding_and_cure(file: Path) -> None:
    with pytest.raises(ModelError) as error:
        described(file, model_type="ssd")
    message = str(error.value)
    for part in ("model.model_type is ssd", "network.onnx", "(1, 3549, 85)", "416x416"):
        assert part in message
    assert "set model.model_type to yolox" in message


def test_a_type_that_this_version_does_not_read_is_told(file: Path) -> None:
    with pytest.raises(
        ModelError, match=r"network\.onnx at 416x416 are none.*reads \(ssd, openvino"
    ):
        described(file, model_type="hog")


def test_a_file_that_is_no_detector_is_refused(file: Path) -> None:
    with pytest.raises(ModelError, match=r"none that this version .*choose another model\.path"):
        described(file, outputs=((1, 1000),))
    with pytest.raises(ModelError, match=r"model_type is yolox.*choose another model\.path"):
        described(file, outputs=((1, 1000),), model_type="yolox")


def test_too_few_labels_are_told_when_the_model_is_loaded(file: Path, tmp_path: Path) -> None:
    labels = tmp_path / "labels.txt"
    labels.write_text("person\ncar\n")
    with pytest.raises(ModelError, match=r"80 classes, but class 2 has no label"):
        described(file, labelmap_path=str(labels))


def test_a_file_that_does_not_tell_its_classes_needs_labels(file: Path) -> None:
    outputs = ((1, 1, 200, 7),)
    with pytest.raises(ModelError, match=r"network\.onnx does not tell .*model\.labelmap_path"):
        described(file, outputs)
    labels = described(file, outputs, labelmap={0: "car", 1: "person"}).info.labels
    assert labels[:3] == ("car", "person", "unknown")


def test_a_map_for_another_model_is_refused(file: Path, tmp_path: Path) -> None:
    labels = tmp_path / "coco91.txt"
    labels.write_text("\n".join(f"thing {n}" for n in range(91)))
    with pytest.raises(ModelError, match=r"coco91\.txt names class 90 .* only 80 classes"):
        described(file, labelmap_path=str(labels))


def test_ssd_is_frigates_word_for_openvinos_too(file: Path) -> None:
    info = described(file, ((1, 1, 200, 7),), model_type="ssd", labelmap={0: "car"}).info
    assert (info.type, info.pixel_format) == ("openvino-ssd", "bgr")


def test_the_yuv_format_names_its_cure(file: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.input_pixel_format is yuv.*set rgb or bgr"):
        described(file, input_pixel_format="yuv")


def test_the_channel_order_may_be_configured(file: Path) -> None:
    assert described(file, input_pixel_format="rgb").info.pixel_format == "rgb"


@pytest.mark.parametrize(
    ("stated", "settings", "wanted"),
    [
        ((1, 3, 416, 416), {}, (1, 3, 416, 416)),
        ((0, 3, 0, 0), {"width": 640, "height": 384}, (1, 3, 384, 640)),
        ((1, 0, 0, 3), {"width": 640, "height": 384}, (1, 384, 640, 3)),
        ((0, 0, 0, 0), {"input_tensor": "nchw"}, (1, 3, 320, 320)),
        ((0, 0, 0, 0), {}, (1, 320, 320, 3)),
    ],
)
def test_the_configuration_serves_where_the_file_is_silent(
    stated: Shape, settings: dict[str, Any], wanted: Shape
) -> None:
    assert input_shape(stated, ModelConfig(**settings), "network.onnx") == wanted


@pytest.mark.parametrize("stated", [(1, 15600), (1, 1, 416, 416), (1, 80, 80, 64)])
def test_an_input_that_is_no_picture_is_refused(stated: Shape) -> None:
    with pytest.raises(ModelError, match=r"network\.onnx takes an input of shape"):
        input_shape(stated, ModelConfig(), "network.onnx")


def test_a_planar_input_has_its_channels_first(file: Path) -> None:
    crop = gradient()
    tensor = described(file).tensor(crop)
    assert tensor.shape == NCHW
    assert tensor.dtype == np.float32
    assert tensor.flags.c_contiguous
    np.testing.assert_array_equal(tensor[0, 2], crop[:, :, 2])


def test_a_byte_input_takes_the_crop_as_it_is(file: Path) -> None:
    crop = gradient()
    model = described(file, SSD_OUTPUTS, NHWC, "uint8")
    np.testing.assert_array_equal(model.tensor(crop)[0], crop)


def test_a_signed_input_is_moved_by_128(file: Path) -> None:
    crop = gradient()
    tensor = described(file, SSD_OUTPUTS, NHWC, "int8").tensor(crop)
    assert tensor.dtype == np.int8
    np.testing.assert_array_equal(tensor[0].astype(int), crop.astype(int) - 128)


@pytest.mark.parametrize(("pixel_format", "red"), [("rgb", 0), ("bgr", 2)])
def test_normalisation_follows_the_channels(file: Path, pixel_format: str, red: int) -> None:
    crop = np.zeros((416, 416, 3), np.uint8)
    crop[:, :, red] = 255
    model = described(file, PICODET_OUTPUTS, input_pixel_format=pixel_format)
    tensor = model.tensor(crop)
    assert tensor[0, red, 0, 0] == pytest.approx((1 - 0.485) / 0.229, abs=1e-3)
    assert tensor[0, 2 - red, 0, 0] == pytest.approx(-0.406 / 0.225, abs=1e-3)
    assert tensor[0, 1, 0, 0] == pytest.approx(-0.456 / 0.224, abs=1e-3)


def test_a_crop_of_another_size_is_refused(file: Path) -> None:
    with pytest.raises(ValueError, match="takes crops of 416x416"):
        described(file).tensor(np.zeros((320, 320, 3), np.uint8))


def ssd_answer(*rows: tuple[int, float, float, float, float, float]) -> list[Any]:
    """Rows of class, score, x1, y1, x2, y2."""
    boxes, classes, scores = np.zeros((1, 10, 4)), np.zeros((1, 10)), np.zeros((1, 10))
    for place, (index, score, x1, y1, x2, y2) in enumerate(rows):
        boxes[0, place], classes[0, place], scores[0, place] = (y1, x1, y2, x2), index, score
    return [boxes, classes, scores, np.array([float(len(rows))])]


def test_found_objects_carry_their_labels_best_first(file: Path) -> None:
    model = described(file, SSD_OUTPUTS, NHWC, "uint8")
    found = model.found(ssd_answer((16, 0.5, 0, 0, 0.4, 0.4), (0, 0.8, 0.5, 0.5, 0.9, 0.9)))
    assert [(one.label, one.score) for one in found] == [("person", 0.8), ("cat", 0.5)]
    assert (found[0].x1, found[0].y1, found[0].x2, found[0].y2) == (0.5, 0.5, 0.9, 0.9)


def test_a_car_that_is_also_a_truck_is_found_once(file: Path) -> None:
    model = described(file, SSD_OUTPUTS, NHWC, "uint8")
    found = model.found(ssd_answer((7, 0.6, 0.1, 0.1, 0.5, 0.5), (2, 0.5, 0.1, 0.1, 0.5, 0.5)))
    assert [(one.label, round(one.score, 3)) for one in found] == [("car", 0.6)]


def test_boxes_are_cut_at_the_edges_and_those_outside_dropped(file: Path) -> None:
    model = described(file, SSD_OUTPUTS, NHWC, "uint8")
    found = model.found(ssd_answer((0, 0.9, -0.2, 0.5, 0.3, 1.4), (0, 0.9, 1.1, 0.5, 1.3, 0.8)))
    assert [(one.x1, one.y2) for one in found] == [(0.0, 1.0)]


def test_a_box_that_is_no_number_is_dropped(file: Path) -> None:
    model = described(file, SSD_OUTPUTS, NHWC, "uint8")
    assert model.found(ssd_answer((0, 0.9, float("nan"), 0.5, 0.3, 0.8))) == []


def test_an_end_to_end_yolo_counts_coco_without_gaps(file: Path) -> None:
    labels = described(file, ((1, 300, 6),), model_type="yolo-generic").info.labels
    assert (labels[16], labels[79], labels[80]) == ("dog", "toothbrush", "unknown")


def test_an_ssd_counts_coco_with_gaps(file: Path) -> None:
    labels = described(file, SSD_OUTPUTS, NHWC, "uint8").info.labels
    assert (labels[17], labels[89], labels[11]) == ("dog", "toothbrush", "unknown")


def test_a_class_beyond_the_names_is_unknown(file: Path) -> None:
    model = described(file, SSD_OUTPUTS, NHWC, "uint8")
    (found,) = model.found(ssd_answer((200, 0.9, 0.1, 0.1, 0.5, 0.5)))
    assert found.label == "unknown"
