"""An Edge TPU that is not there, behind a library made for the test; no test machine has one."""

import subprocess
from pathlib import Path

import pytest

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.backends.edgetpu import COMPILED, device_options, open_edgetpu
from picket.domain.errors import ModelError
from tests.support.ground_truth import DATA

PLAIN = DATA / "models" / "ssd_mobilenet_v1_coco_quant.tflite"

NO_DEVICE = r"""
typedef void (*report)(const char *);
void *tflite_plugin_create_delegate(char **keys, char **values, unsigned long n, report tell) {
    if (n == 0) tell("no device of any kind");
    for (unsigned long i = 0; i < n; i++) { tell(keys[i]); tell("="); tell(values[i]); }
    return 0;
}
void tflite_plugin_destroy_delegate(void *delegate) {}
"""


def config(path: Path, device: str | int | None = None) -> DetectorConfig:
    return DetectorConfig(type="edgetpu", device=device, model=ModelConfig(path=str(path)))


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    """Only the mark of a compiled file, which is looked at first."""
    path = tmp_path / "ssd_edgetpu.tflite"
    path.write_bytes(PLAIN.read_bytes() + COMPILED)
    return path


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A libedgetpu that finds nothing and repeats what it was asked for."""
    folder = tmp_path_factory.mktemp("edgetpu")
    source = folder / "none.c"
    source.write_text(NO_DEVICE)
    built = folder / "libedgetpu.so.1"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", built, source], check=True)
    return str(built)


def test_a_file_for_the_cpu_is_told_from_one_for_the_device() -> None:
    with pytest.raises(ModelError, match=r"not compiled for an Edge TPU.*edgetpu_compiler.*to cpu"):
        open_edgetpu(config(PLAIN))


def test_without_the_library_the_package_is_named(compiled: Path) -> None:
    with pytest.raises(ModelError, match=r"libedgetpu1-std, or set the detector's type to cpu"):
        open_edgetpu(config(compiled), library="libedgetpu-that-nobody-has.so.1")


@pytest.mark.parametrize(
    ("device", "told"), [(None, "no device of any kind"), ("usb:1", "device=usb:1"), (0, "=:0")]
)
def test_without_a_device_the_ways_to_it_are_named(
    compiled: Path, library: str, device: str | int | None, told: str
) -> None:
    with pytest.raises(ModelError, match=rf"{told}.*plug it in.*/dev/bus/usb or /dev/apex_0"):
        open_edgetpu(config(compiled, device), library)


@pytest.mark.parametrize(
    ("device", "options"),
    [
        (None, {}),
        ("", {}),
        ("usb", {"device": "usb"}),
        ("pci:1", {"device": "pci:1"}),
        (":2", {"device": ":2"}),
        (1, {"device": ":1"}),
    ],
)
def test_devices_are_named_as_frigate_does(
    device: str | int | None, options: dict[str, str]
) -> None:
    assert device_options(device) == options


@pytest.mark.parametrize("device", ["USB 0", "gpu", "pci:x", "usb:0,usb:1"])
def test_another_device_is_refused_with_the_forms(device: str) -> None:
    with pytest.raises(ModelError, match="write usb, usb:0, pci or pci:0"):
        device_options(device)
