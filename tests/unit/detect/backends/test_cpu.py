"""TFLite files that cannot be used; those that can are in tests/e2e."""

from pathlib import Path

import pytest

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.backends.cpu import open_cpu
from picket.domain.errors import ModelError


def test_a_damaged_file_is_named_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "broken.tflite"
    path.write_bytes(b"not a model")
    config = DetectorConfig(type="cpu", model=ModelConfig(path=str(path)))
    with pytest.raises(ModelError, match=r"cannot load broken\.tflite.*picket models"):
        open_cpu(config)
