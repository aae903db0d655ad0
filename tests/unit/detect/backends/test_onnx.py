"""ONNX files that cannot be used; those that can are in tests/e2e."""

from pathlib import Path

import pytest

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.backends.onnx import open_onnx
from picket.domain.errors import ModelError


def test_a_damaged_file_is_named_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"not a model")
    config = DetectorConfig(type="onnx", model=ModelConfig(path=str(path)))
    with pytest.raises(ModelError, match=r"cannot load broken\.onnx.*picket models"):
        open_onnx(config)


def test_an_accelerator_is_not_silently_ignored() -> None:
    with pytest.raises(ModelError, match=r"device 'GPU' .*remove it"):
        open_onnx(DetectorConfig(type="onnx", device="GPU"))
