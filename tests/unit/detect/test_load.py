"""From a configured detector to a ready one."""

import subprocess
import sys

import pytest

from picket.config.detectors import DetectorConfig
from picket.detect.load import load_backend
from picket.domain.errors import ModelError


def test_the_people_detector_needs_no_file() -> None:
    info = load_backend(DetectorConfig(type="hog")).info
    assert (info.type, info.labels, info.md5) == ("hog", ("person",), "")


@pytest.mark.parametrize(
    ("kind", "cure"), [("tensorrt", "use onnx or openvino, or deepstack"), ("rknn", "use onnx")]
)
def test_a_type_that_is_not_built_says_what_to_use(kind: str, cure: str) -> None:
    config = DetectorConfig.model_validate({"type": kind})
    with pytest.raises(ModelError, match=f"type {kind} is not part of this version: {cure}"):
        load_backend(config)


@pytest.mark.parametrize("kind", ["onnx", "openvino", "cpu", "edgetpu"])
def test_every_type_with_a_file_says_when_it_is_missing(kind: str) -> None:
    model = {"path": "/nowhere/model"}
    with pytest.raises(ModelError, match=f"no model file /nowhere/model .*type {kind}: set model"):
        load_backend(DetectorConfig.model_validate({"type": kind, "model": model}))


def test_a_server_is_first_asked_when_there_is_something_to_look_at() -> None:
    url = "http://127.0.0.1:1/v1/vision/detection"
    config = DetectorConfig.model_validate({"type": "deepstack", "api_url": url})
    assert load_backend(config).info.type == "deepstack"


def test_a_detector_imports_no_runtime_but_its_own() -> None:
    program = (
        "import sys\n"
        "from picket.config.detectors import DetectorConfig\n"
        "from picket.detect.load import load_backend\n"
        "load_backend(DetectorConfig(type='hog'))\n"
        "print(sorted({'onnxruntime', 'openvino', 'ai_edge_litert', 'httpx'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
