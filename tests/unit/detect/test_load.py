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


@pytest.mark.parametrize("kind", ["edgetpu", "deepstack", "tensorrt", "rknn"])
def test_a_type_that_is_not_built_says_what_to_use(kind: str) -> None:
    config = DetectorConfig.model_validate({"type": kind})
    with pytest.raises(ModelError, match=f"type {kind} is not part.*onnx.*cpu.*hog"):
        load_backend(config)


def test_a_detector_imports_no_runtime_but_its_own() -> None:
    program = (
        "import sys\n"
        "from picket.config.detectors import DetectorConfig\n"
        "from picket.detect.load import load_backend\n"
        "load_backend(DetectorConfig(type='hog'))\n"
        "print(sorted({'onnxruntime', 'openvino', 'ai_edge_litert'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
