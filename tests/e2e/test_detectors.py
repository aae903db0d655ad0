"""Every model in every runtime that runs it, on real streets: the same promises for all."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from picket.config.detectors import DetectorConfig
from picket.detect.catalogue import MODELS, KnownModel, verify
from picket.detect.decode.candidates import overlap_matrix
from picket.detect.decode.families import FAMILIES
from picket.detect.labels import builtin_labels
from picket.detect.letterbox import letterbox
from picket.detect.load import Backend, load_backend
from picket.domain.detection import Detection
from picket.domain.errors import ModelError
from picket.domain.frame import Frame, Picture
from picket.domain.geometry import Box
from picket.ipc.messages import FoundObject
from tests.support.ground_truth import DATA, TrueFrame, Truth, true_frames

MODELS_FOLDER = DATA / "models"
MIN_SCORE = 0.4
"""What the pipeline takes at least."""

VEHICLES = {0: "car", 1: "person", 2: "bicycle"}
"""The classes of Intel's person-vehicle-bike-detection models; their files do not tell them."""


@dataclass(frozen=True, slots=True, eq=False)
class Promise:
    """What a model must find; a tenth under what was measured."""

    detector: str
    file: str
    model_type: str
    size: tuple[int, int]  # width and height of the input
    person_recall: float
    car_recall: float
    labelmap: dict[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.detector}-{self.file or 'built-in'}"

    def config(self, **model: object) -> DetectorConfig:
        path = str(MODELS_FOLDER / self.file) if self.file else None
        settings = {"path": path, "model_type": self.model_type, "labelmap": self.labelmap}
        return DetectorConfig.model_validate({"type": self.detector, "model": settings | model})


SQUARE = (416, 416)
PROMISES = (
    Promise("onnx", "yolox_nano.onnx", "yolox", SQUARE, 0.77, 0.81),
    Promise("onnx", "picodet_xs_416.onnx", "picodet", SQUARE, 0.77, 0.87),
    Promise("onnx", "picodet_xs_320.onnx", "picodet", (320, 320), 0.77, 0.81),
    Promise("onnx", "FastestDet.onnx", "fastestdet", (352, 352), 0.74, 0.69),
    Promise("openvino", "yolox_nano.onnx", "yolox", SQUARE, 0.77, 0.81),
    Promise("openvino", "picodet_xs_416.onnx", "picodet", SQUARE, 0.77, 0.87),
    Promise("openvino", "picodet_xs_320.onnx", "picodet", (320, 320), 0.77, 0.81),
    Promise("openvino", "FastestDet.onnx", "fastestdet", (352, 352), 0.74, 0.69),
    Promise(
        *("openvino", "pvb-2000-FP16-INT8.xml", "openvino-ssd", (256, 256), 0.72, 0.78),
        VEHICLES,
    ),
    # Made for wide pictures: of a square region they see twice as little as of a whole frame.
    Promise(
        *("openvino", "pvb-2003-FP16-INT8.xml", "openvino-ssd", (864, 480), 0.72, 0.56),
        VEHICLES,
    ),
    Promise(
        *("openvino", "pvb-2004-FP16-INT8.xml", "openvino-ssd", (448, 256), 0.69, 0.58),
        VEHICLES,
    ),
    Promise("cpu", "yolox_nano_dynrange.tflite", "yolox", SQUARE, 0.79, 0.84),
    Promise("cpu", "ssd_mobilenet_v1_coco_quant.tflite", "ssd", (300, 300), 0.79, 0.88),
)
HOG = Promise("hog", "", "hog", (0, 0), 0.4, 0.0)
ALL = (*PROMISES, HOG)


@cache
def loaded(promise: Promise) -> Backend:
    """A detector that many tests may look with."""
    return load_backend(promise.config())


@cache
def street(clip: str) -> tuple[TrueFrame, ...]:
    """A frame a second."""
    return tuple(true_frames(clip, every=24))


def crop_of(backend: Backend, frame: Frame) -> Picture:
    """The left part of a frame as the model takes it; the built-in one takes any size."""
    crop = np.empty((backend.info.height or 640, backend.info.width or 640, 3), np.uint8)
    region = Box(0, 0, frame.height, frame.height)
    letterbox(frame, region, crop, pixel_format=backend.info.pixel_format)
    return crop


def region_around(truth: Truth, frame: Frame, least: int) -> Box:
    """A square twice the object's size, inside the frame where it fits."""
    side = min(max(least, 2 * max(truth.box.width, truth.box.height)), frame.height) // 4 * 4
    center_x, center_y = truth.box.center
    x = round(min(max(center_x - side / 2, 0), frame.width - side))
    y = round(min(max(center_y - side / 2, 0), frame.height - side))
    return Box(x, y, x + side, y + side)


def look(backend: Backend, frame: Frame, region: Box) -> list[Detection]:
    """What is found in a region, with the promises that hold for every answer."""
    crop: Picture = np.empty((backend.info.height, backend.info.width, 3), np.uint8)
    placement = letterbox(frame, region, crop, pixel_format=backend.info.pixel_format)
    found = backend.infer(crop)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    for one in found:
        assert 0 <= one.x1 < one.x2 <= 1
        assert 0 <= one.y1 < one.y2 <= 1
        assert one.label in backend.info.labels
    assert_no_doubles(found)
    detections = [placement.to_frame(one) for one in found]
    return [d for d in detections if d is not None and d.score >= MIN_SCORE]


def assert_no_doubles(found: Sequence[FoundObject]) -> None:
    """No two boxes of a label are more alike than any family allows."""
    allowed = max(family.nms_iou for family in FAMILIES.values())
    for label in {one.label for one in found}:
        corners = [(one.x1, one.y1, one.x2, one.y2) for one in found if one.label == label]
        overlaps = np.triu(overlap_matrix(np.array(corners, np.float32)), 1)
        assert overlaps.max() <= allowed


def recall(backend: Backend, frames: Sequence[TrueFrame], label: str, *, least: int = 160) -> float:
    """Share of the objects that are found at IoU 0.5 in a region around each."""
    hits = []
    for true_frame in frames:
        for truth in true_frame.truths:
            region = region_around(truth, true_frame.frame, least)
            detections = look(backend, true_frame.frame, region)
            hits.append(any(d.label == label and d.box.iou(truth.box) >= 0.5 for d in detections))
    assert len(hits) > 25
    return sum(hits) / len(hits)


@pytest.mark.parametrize("promise", PROMISES, ids=str)
def test_a_model_finds_the_people_and_cars_of_a_street(promise: Promise) -> None:
    backend = loaded(promise)
    assert recall(backend, street("street_people_gt"), "person") >= promise.person_recall
    assert recall(backend, street("street_cars_gt")[::2], "car") >= promise.car_recall


@pytest.mark.parametrize("promise", ALL, ids=str)
def test_the_same_picture_gives_the_same_answer(promise: Promise) -> None:
    backend, again = loaded(promise), load_backend(promise.config())
    (busy, other) = (crop_of(backend, one.frame) for one in street("street_people_gt")[3:5])
    first = backend.infer(busy)
    assert first
    backend.infer(other)
    assert backend.infer(busy) == first
    assert again.infer(busy) == first


@pytest.mark.parametrize("promise", ALL, ids=str)
def test_nothing_is_seen_in_a_grey_wall(promise: Promise) -> None:
    backend = loaded(promise)
    grey = np.full((backend.info.height or 320, backend.info.width or 320, 3), 114, np.uint8)
    assert [one for one in backend.infer(grey) if one.score >= MIN_SCORE] == []


@pytest.mark.parametrize("promise", PROMISES, ids=str)
def test_a_crop_of_another_size_is_refused(promise: Promise) -> None:
    backend = loaded(promise)
    width, height = promise.size
    for shape in ((height, width + 2, 3), (height + 2, width, 3), (height, width, 4)):
        with pytest.raises(ValueError, match=f"takes crops of {width}x{height}"):
            backend.infer(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("promise", PROMISES, ids=str)
def test_what_is_told_of_a_model_is_true(promise: Promise) -> None:
    info = loaded(promise).info
    path = MODELS_FOLDER / promise.file
    assert (info.name, info.type) == (path.stem, promise.model_type)
    assert (info.width, info.height) == promise.size
    assert info.md5 == hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    names = promise.labelmap or builtin_labels(90 if promise.model_type == "ssd" else 80)
    assert {index: info.labels[index] for index in names} == names


@pytest.mark.parametrize("file", [one.file for one in PROMISES if one.detector == "onnx"])
def test_runtimes_agree_on_the_boxes_of_a_model(file: str) -> None:
    one, other = (loaded(promise) for promise in PROMISES if promise.file == file)
    for true_frame in street("street_cars_gt"):
        crop = crop_of(one, true_frame.frame)
        found, as_well = one.infer(crop), other.infer(crop)
        sure = [(a, b) for a, b in zip(found, as_well, strict=False) if a.score >= MIN_SCORE]
        assert sure
        for a, b in sure:
            assert a.label == b.label
            assert (a.score, a.x1, a.y1, a.x2, a.y2) == pytest.approx(
                (b.score, b.x1, b.y1, b.x2, b.y2), abs=0.01
            )


def test_the_built_in_detector_finds_people_in_an_enlarged_street() -> None:
    frames = tuple(true_frames("street_people_gt", every=24, scale=2))
    found = recall(loaded(HOG), frames, "person", least=320)
    assert found >= HOG.person_recall


def test_the_built_in_detector_finds_no_people_among_cars() -> None:
    backend = loaded(HOG)
    for number, true_frame in enumerate(street("street_cars_gt")[1::2]):
        region = Box(0, 0, true_frame.frame.height, true_frame.frame.height)
        sure = [one for one in look(backend, true_frame.frame, region) if one.score >= 0.5]
        assert sure == [], f"frame {number}"


@pytest.mark.parametrize("promise", PROMISES, ids=str)
def test_the_type_is_told_by_the_file_when_it_is_not_configured(
    promise: Promise, caplog: pytest.LogCaptureFixture
) -> None:
    model = {"path": str(MODELS_FOLDER / promise.file), "labelmap": promise.labelmap}
    config = DetectorConfig.model_validate({"type": promise.detector, "model": model})
    with caplog.at_level(logging.WARNING):
        assert load_backend(config).info.type == promise.model_type
    assert caplog.messages == []


@pytest.mark.parametrize("promise", PROMISES, ids=str)
def test_a_wrong_type_says_which_is_right(promise: Promise) -> None:
    wrong = "rfdetr" if promise.model_type != "rfdetr" else "yolov8"
    with pytest.raises(ModelError, match=f"set model.model_type to {promise.model_type}"):
        load_backend(promise.config(model_type=wrong))


@pytest.mark.parametrize("promise", PROMISES, ids=str)
def test_a_label_map_that_is_missing_names_the_setting(promise: Promise) -> None:
    with pytest.raises(ModelError, match=r"model\.labelmap_path"):
        load_backend(promise.config(labelmap_path="/nowhere/labels.txt"))


@pytest.mark.parametrize("promise", PROMISES, ids=str)
def test_half_a_file_is_refused_with_the_cure(promise: Promise, tmp_path: Path) -> None:
    whole = MODELS_FOLDER / promise.file
    half = tmp_path / promise.file
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    half.with_suffix(".bin").write_bytes(b"")
    with pytest.raises(ModelError, match=rf"cannot load {promise.file}.*picket models"):
        load_backend(promise.config(path=str(half)))


@pytest.mark.parametrize(
    ("detector", "file"),
    [
        ("onnx", "yunet_s_640_640.onnx"),
        ("openvino", "yunet_s_640_640.onnx"),
        ("cpu", "yamnet.tflite"),
    ],
)
def test_a_model_for_something_else_is_refused(detector: str, file: str) -> None:
    config = DetectorConfig.model_validate(
        {"type": detector, "model": {"path": str(MODELS_FOLDER / file)}}
    )
    with pytest.raises(ModelError, match=rf"{file}.*(model\.path|model\.model_type)"):
        load_backend(config)


@pytest.mark.parametrize("known", MODELS, ids=lambda known: known.name)
def test_the_catalogue_knows_the_files_that_are_tested_here(known: KnownModel) -> None:
    path = MODELS_FOLDER / known.file
    assert path.stat().st_size == known.size_bytes
    assert verify(path, known.sha256)
    assert any((p.file, p.model_type) == (known.file, known.model_type) for p in PROMISES)
