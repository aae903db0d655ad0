"""ONNX models on the CPU, through ONNX Runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as state

from picket.config.detectors import DetectorConfig
from picket.detect.backends.files import model_file
from picket.detect.backends.network import NetworkBackend, NetworkInput, Values
from picket.detect.decode.family import Floats, Shape
from picket.domain.errors import ModelError

PROVIDERS = ["CPUExecutionProvider"]

DTYPES = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(uint8)": "uint8",
    "tensor(int8)": "int8",
    "tensor(int32)": "int32",
    "tensor(int64)": "int64",
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


class OnnxNetwork:
    """One ONNX file in a session."""

    def __init__(self, session: ort.InferenceSession, file: str) -> None:
        self._session = session
        self._file = file
        self.inputs: Sequence[NetworkInput] = tuple(
            NetworkInput(one.name, _shape(one.shape), DTYPES.get(one.type, one.type))
            for one in session.get_inputs()
        )

    def run(self, values: Mapping[str, Values]) -> list[Floats]:
        """See picket.detect.backends.network.Network."""
        try:
            outputs = self._session.run(None, dict(values))
        except RUNTIME_ERRORS as error:
            shapes = [value.shape for value in values.values()]
            raise ModelError(
                f"{self._file} cannot be run on a picture of shape {shapes[0]} ({error}): mend"
                " model.width and model.height, or choose another model.path"
            ) from error
        return [np.asarray(output, dtype=np.float32) for output in outputs]


def open_onnx(config: DetectorConfig) -> NetworkBackend:
    """A detector that runs its model in ONNX Runtime.

    Raises: ModelError when the file or the device cannot be used.
    """
    if config.device not in (None, "", "CPU", "AUTO", "cpu", "auto"):
        raise ModelError(
            f"device {config.device!r} of the onnx detector is not supported: remove it to run"
            " on the CPU, or set the detector's type to openvino for Intel graphics"
        )
    path = model_file(config, ".onnx")
    network = OnnxNetwork(open_session(path, config.num_threads), path.name)
    return NetworkBackend(network, path, config.model)


def open_session(path: Path, threads: int) -> ort.InferenceSession:
    """A session that does not burn a core while it waits.

    Raises: ModelError when the file is no ONNX model that this runtime can run.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # plans that cost 4 MiB and save no time; see 0008-cost.md
    options.log_severity_level = ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(path), options, providers=PROVIDERS)
    except RUNTIME_ERRORS as error:
        raise ModelError(
            f"ONNX Runtime cannot load {path.name} ({error}): the file may be damaged; check it"
            " with `picket models` or choose another model.path"
        ) from error


def _shape(axes: list[int | str | None]) -> Shape:
    return tuple(axis if isinstance(axis, int) and axis > 0 else 0 for axis in axes)
