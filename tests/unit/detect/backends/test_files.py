"""Finding the file of a model."""

from pathlib import Path

import pytest

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.backends.files import model_file
from picket.domain.errors import ModelError


def test_the_configured_file_is_used(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    path.touch()
    assert (
        model_file(DetectorConfig(type="onnx", model=ModelConfig(path=str(path))), ".onnx") == path
    )


def test_no_path_names_the_setting() -> None:
    with pytest.raises(ModelError, match=r"set model\.path to a \.onnx file"):
        model_file(DetectorConfig(type="onnx"), ".onnx")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    config = DetectorConfig(type="onnx", model=ModelConfig(path=str(tmp_path / "gone.onnx")))
    with pytest.raises(ModelError, match=r"no model file .*gone\.onnx"):
        model_file(config, ".onnx")


def test_a_file_of_another_runtime_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    path.touch()
    config = DetectorConfig(type="cpu", model=ModelConfig(path=str(path)))
    with pytest.raises(ModelError, match=r"type cpu reads \.tflite files, not m\.onnx"):
        model_file(config, ".tflite")
