"""What OpenVINO cannot use, and on which device it runs; real streets are in tests/e2e."""

import shutil
from pathlib import Path

import pytest

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.backends.openvino import choose_device, open_openvino
from picket.domain.errors import ModelError
from tests.support.ground_truth import DATA

NETWORK = DATA / "models" / "pvb-2000-FP16-INT8.xml"


def config(path: Path, **settings: object) -> DetectorConfig:
    model = ModelConfig(path=str(path))
    return DetectorConfig.model_validate({"type": "openvino", "model": model} | settings)


def test_a_damaged_file_is_named_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"cannot load broken\.onnx for CPU.*picket models"):
        open_openvino(config(path))


def test_a_network_without_its_weights_says_which_file_to_copy(tmp_path: Path) -> None:
    path = Path(shutil.copy(NETWORK, tmp_path / "lonely.xml"))
    with pytest.raises(ModelError, match=r"lonely\.xml has no lonely\.bin beside it"):
        open_openvino(config(path))


def test_half_copied_weights_are_noticed(tmp_path: Path) -> None:
    path = Path(shutil.copy(NETWORK, tmp_path / "torn.xml"))
    path.with_suffix(".bin").write_bytes(NETWORK.with_suffix(".bin").read_bytes()[:100_000])
    with pytest.raises(ModelError, match=r"cannot load torn\.xml .*bin file.*half copied"):
        open_openvino(config(path))


def test_a_network_cut_off_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_bytes(NETWORK.read_bytes()[:50_000])
    shutil.copy(NETWORK.with_suffix(".bin"), path.with_suffix(".bin"))
    with pytest.raises(ModelError, match=r"cannot load cut\.xml"):
        open_openvino(config(path))


def test_a_device_that_is_not_here_is_named_with_those_that_are() -> None:
    with pytest.raises(ModelError, match=r"no device 'NPU' here, only CPU: set the detector's"):
        open_openvino(config(NETWORK, device="NPU"))


@pytest.mark.parametrize("asked", [None, "", "AUTO", "auto"])
def test_without_a_wish_graphics_come_first(asked: str | None) -> None:
    assert choose_device(asked, ["CPU", "GPU.0", "GPU.1"]) == "GPU.0"
    assert choose_device(asked, ["CPU"]) == "CPU"


@pytest.mark.parametrize("asked", ["gpu", "GPU.1", "cpu", "HETERO:GPU,CPU", "AUTO:GPU,CPU"])
def test_a_device_may_be_named_as_openvino_does(asked: str) -> None:
    assert choose_device(asked, ["CPU", "GPU.0", "GPU.1"]) == asked.upper()
