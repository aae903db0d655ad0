"""Measuring with real runtimes and a real model, and remembering it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from picket.config.detectors import DetectorConfig
from picket.config.load import parse_config
from picket.detect.choice import Way
from picket.domain.errors import ModelError
from picket.runtime.detecting.choice import MEMORY_NAME, choose_way, configured
from tests.support.servers import DATA

MODEL = DATA / "models" / "FastestDet.onnx"


def choose(config: DetectorConfig, media: Path, beats: list[int] | None = None) -> Way:
    """The choice, measured hastily."""
    beats = [] if beats is None else beats
    return choose_way(config, media, lambda: beats.append(1), measure_s=0.0)


def detector(**model: Any) -> DetectorConfig:
    settings = {"path": str(MODEL), "model_type": "fastestdet"} | model
    return DetectorConfig.model_validate({"type": "auto", "model": settings})


def test_what_is_measured_is_remembered_and_not_measured_again(tmp_path: Path) -> None:
    beats: list[int] = []
    way = choose(detector(), tmp_path, beats)
    assert beats
    assert way.type in {"onnx", "openvino"}
    beats.clear()
    assert choose(detector(), tmp_path, beats) == way
    assert not beats
    assert len(json.loads((tmp_path / MEMORY_NAME).read_text())) == 1


@pytest.mark.parametrize("damage", ["", "[1]", '{"a": 1', "\x00"])
def test_a_damaged_memory_is_measured_anew(tmp_path: Path, damage: str) -> None:
    (tmp_path / MEMORY_NAME).write_text(damage)
    beats: list[int] = []
    choose(detector(), tmp_path, beats)
    assert beats
    assert len(json.loads((tmp_path / MEMORY_NAME).read_text())) == 1


def test_what_this_machine_would_not_try_is_not_believed(tmp_path: Path) -> None:
    way = choose(detector(), tmp_path)
    memory = tmp_path / MEMORY_NAME
    key = next(iter(json.loads(memory.read_text())))
    memory.write_text(json.dumps({key: {"type": "hog", "num_threads": 99, "parallel": 0}}))
    assert choose(detector(), tmp_path).type in {"onnx", "openvino"}
    assert way.parallel >= 1


def test_a_detector_of_a_named_type_is_not_measured(tmp_path: Path) -> None:
    config = detector().model_copy(update={"type": "cpu", "num_threads": 3})
    assert choose_way(config, tmp_path, pytest.fail) == Way("cpu", 3)
    assert not list(tmp_path.iterdir())


def test_without_a_model_the_built_in_detector_serves(tmp_path: Path) -> None:
    assert choose_way(detector(path=None), tmp_path, pytest.fail) == Way("hog")


@pytest.mark.parametrize("path", ["/nowhere/model.onnx", __file__])
def test_a_model_that_nothing_can_run_is_told_with_a_cure(tmp_path: Path, path: str) -> None:
    with pytest.raises(ModelError, match=r"set it to an \.onnx"):
        choose(detector(path=path), tmp_path)


def test_a_damaged_model_is_told_as_its_runtime_tells_it(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(MODEL.read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"broken\.onnx"):
        choose(detector(path=str(broken)), tmp_path)


def test_the_choice_is_what_is_loaded() -> None:
    config = configured(detector(), Way("onnx", 2, 1))
    assert (config.type, config.num_threads, config.model.path) == ("onnx", 2, str(MODEL))


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ({"detectors": "auto"}, {"auto": "auto"}),
        ({"model": {"path": "/m.onnx"}}, {"auto": "auto"}),
        ({}, {"hog": "hog"}),
        ({"detectors": {"a": {"type": "onnx"}}}, {"a": "onnx"}),
        ({"detectors": {"a": {"type": "auto"}}, "model": {"path": "/m.onnx"}}, {"a": "auto"}),
    ],
)
def test_what_the_file_says_of_detectors(section: dict[str, Any], expected: dict[str, str]) -> None:
    camera = {"ffmpeg": {"inputs": [{"path": "rtsp://10.0.0.5/", "roles": ["detect"]}]}}
    config = parse_config({"mqtt": {"enabled": False}, "cameras": {"yard": camera}, **section})
    assert {name: one.type for name, one in config.detectors.items()} == expected
