"""ONNX models on the CPU, through ONNX Runtime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as state

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.backends.files import model_file
from picket.detect.decode.family import Shape
from picket.detect.model import InputType, Tensors, describe_model, input_shape
from picket.domain.errors import ModelError
from picket.domain.frame import Picture
from picket.domain.status import ModelInfo
from picket.ipc.messages import FoundObject

PROVIDERS = ["CPUExecutionProvider"]

DTYPES: dict[str, InputType] = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(uint8)": "uint8",
    "tensor(int8)": "int8",
}

ERRORS_ONLY = 3

# The runtime's errors have no common base below Exception.
RUNTIME_ERRORS = (
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.InvalidProtobuf,
    state.NoModel,
    state.NotImplemented,
    state.RuntimeException,
)


class OnnxBackend:
    """One ONNX file in a session."""

    def __init__(self, config: DetectorConfig) -> None:
        if config.device not in (None, "", "CPU", "AUTO", "cpu", "auto"):
            raise ModelError(
                f"device {config.device!r} of the onnx detector is not supported: remove it to run"
                " on the CPU"
            )
        path = model_file(config, ".onnx")
        self._session = open_session(path, config.num_threads)
        self._input = self._session.get_inputs()[0].name
        self._model = describe_model(config.model, tensors_of(self._session, path, config.model))

    @property
    def info(self) -> ModelInfo:
        """The model that is loaded."""
        return self._model.info

    def infer(self, crop: Picture) -> list[FoundObject]:
        """What is in a crop; see picket.detect.load.Backend."""
        outputs = self._session.run(None, {self._input: self._model.tensor(crop)})
        return self._model.found([np.asarray(output, dtype=np.float32) for output in outputs])


def open_session(path: Path, threads: int) -> ort.InferenceSession:
    """A session that does not burn a core while it waits.

    Raises: ModelError when the file is no ONNX model that this runtime can run.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(path), options, providers=PROVIDERS)
    except RUNTIME_ERRORS as error:
        raise ModelError(
            f"ONNX Runtime cannot load {path.name} ({error}): the file may be damaged; check it"
            " with `picket models` or choose another model.path"
        ) from error


def tensors_of(session: ort.InferenceSession, path: Path, config: ModelConfig) -> Tensors:
    """What the session tells about its file.

    Exports often leave axes open, so the outputs are measured by a first run on a blank picture.

    Raises: ModelError when the file takes something else than one picture, or cannot be run.
    """
    inputs = session.get_inputs()
    if len(inputs) != 1 or inputs[0].type not in DTYPES:
        raise ModelError(
            f"{path.name} takes {[(i.name, i.type) for i in inputs]}; only models with one picture"
            " as input can be used: choose another model.path"
        )
    dtype = DTYPES[inputs[0].type]
    shape = input_shape(_shape(inputs[0].shape), config, path.name)
    try:
        outputs = session.run(None, {inputs[0].name: np.zeros(shape, dtype)})
    except RUNTIME_ERRORS as error:
        raise ModelError(
            f"{path.name} cannot be run on a picture of shape {shape} ({error}): mend model.width"
            " and model.height, or choose another model.path"
        ) from error
    return Tensors(path, shape, dtype, tuple(output.shape for output in outputs))


def _shape(axes: list[int | str | None]) -> Shape:
    return tuple(axis if isinstance(axis, int) and axis > 0 else 0 for axis in axes)
