"""Every detector on real streets: the same promises for every model."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import numpy as np
import pytest

from picket.config.detectors import DetectorConfig
from picket.detect.catalogue import MODELS, KnownModel, verify
from picket.detect.letterbox import letterbox
from picket.detect.load import Backend, load_backend
from picket.domain.detection import Detection
from picket.domain.errors import ModelError
from picket.domain.frame import Frame, Picture
from picket.domain.geometry import Box
from tests.support.ground_truth import DATA, Truth, true_frames

MODELS_FOLDER = DATA / "models"
MIN_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Promise:
    """What a model must find; about a tenth under what was measured."""

    detector: str
    file: str
    model_type: str
    person_recall: float
    car_recall: float

    def config(self, **model: object) -> DetectorConfig:
        path = str(MODELS_FOLDER / self.file) if self.file else None
        settings = {"path": path, "model_type": self.model_type} | model
        return DetectorConfig.model_validate({"type": self.detector, "model": settings})


PROMISES = (
    Promise("onnx", "yolox_nano.onnx", "yolox", 0.75, 0.7),
    Promise("onnx", "picodet_xs_416.onnx", "picodet", 0.7, 0.8),
    Promise("onnx", "picodet_xs_320.onnx", "picodet", 0.7, 0.8),
    Promise("onnx", "FastestDet.onnx", "fastestdet", 0.75, 0.6),
    Promise("cpu", "yolox_nano_dynrange.tflite", "yolox", 0.75, 0.75),
    Promise("cpu", "ssd_mobilenet_v1_coco_quant.tflite", "ssd", 0.75, 0.85),
)
HOG = Promise("hog", "", "hog", 0.4, 0.0)


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
    detections = [placement.to_frame(one) for one in found]
    return [d for d in detections if d is not None and d.score >= MIN_SCORE]


def recall(backend: Backend, clip: str, label: str, *, least: int, scale: int = 1) -> float:
    """Share of the objects that are found at IoU 0.5 in a region around each."""
    hits = []
    for true_frame in true_frames(clip, every=24, scale=scale):
        for truth in true_frame.truths:
            region = region_around(truth, true_frame.frame, least)
            detections = look(backend, true_frame.frame, region)
            hits.append(any(d.label == label and d.box.iou(truth.box) >= 0.5 for d in detections))
    assert len(hits) > 25
    return sum(hits) / len(hits)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.file)
def test_a_model_finds_the_people_and_cars_of_a_street(promise: Promise) -> None:
    backend = load_backend(promise.config())
    assert recall(backend, "street_people_gt", "person", least=160) >= promise.person_recall
    assert recall(backend, "street_cars_gt", "car", least=160) >= promise.car_recall


def test_the_built_in_detector_finds_people_in_an_enlarged_street() -> None:
    backend = load_backend(HOG.config())
    found = recall(backend, "street_people_gt", "person", least=320, scale=2)
    assert found >= HOG.person_recall


def test_the_built_in_detector_finds_no_people_among_cars() -> None:
    backend = load_backend(HOG.config())
    for number, true_frame in enumerate(true_frames("street_cars_gt", every=48)):
        region = Box(0, 0, true_frame.frame.height, true_frame.frame.height)
        assert look(backend, true_frame.frame, region) == [], f"frame {number}"


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.file)
def test_the_type_is_told_by_the_file_when_it_is_not_configured(
    promise: Promise, caplog: pytest.LogCaptureFixture
) -> None:
    config = DetectorConfig.model_validate(
        {"type": promise.detector, "model": {"path": str(MODELS_FOLDER / promise.file)}}
    )
    with caplog.at_level(logging.WARNING):
        assert load_backend(config).info.type == promise.model_type
    assert caplog.messages == []


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.file)
def test_a_wrong_type_says_which_is_right(promise: Promise) -> None:
    wrong = "ssd" if promise.model_type != "ssd" else "yolov8"
    with pytest.raises(ModelError, match=f"set model.model_type to {promise.model_type}"):
        load_backend(promise.config(model_type=wrong))


@pytest.mark.parametrize(
    ("detector", "file"), [("onnx", "yunet_s_640_640.onnx"), ("cpu", "yamnet.tflite")]
)
def test_a_model_for_something_else_is_refused(detector: str, file: str) -> None:
    config = DetectorConfig.model_validate(
        {"type": detector, "model": {"path": str(MODELS_FOLDER / file)}}
    )
    with pytest.raises(ModelError, match=file):
        load_backend(config)


@pytest.mark.parametrize("known", MODELS, ids=lambda known: known.name)
def test_the_catalogue_knows_the_files_that_are_tested_here(known: KnownModel) -> None:
    path = MODELS_FOLDER / known.file
    assert path.stat().st_size == known.size_bytes
    assert verify(path, known.sha256)
    assert any((p.file, p.model_type) == (known.file, known.model_type) for p in PROMISES)
