"""TFLite models on the CPU, through LiteRT."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from picket.config.detectors import DetectorConfig
from picket.detect.backends.files import model_file
from picket.detect.backends.network import NetworkBackend, NetworkInput, Values
from picket.detect.decode.family import Floats
from picket.domain.errors import ModelError


class LiteRtNetwork:
    """One TFLite file in an interpreter."""

    def __init__(self, interpreter: Interpreter, file: str) -> None:
        self._interpreter = interpreter
        self._file = file
        inputs: list[dict[str, Any]] = interpreter.get_input_details()
        self._outputs: list[dict[str, Any]] = interpreter.get_output_details()
        self._places = {one["name"]: one["index"] for one in inputs}
        self.inputs: Sequence[NetworkInput] = tuple(
            NetworkInput(
                one["name"],
                tuple(int(axis) for axis in one["shape"]),
                np.dtype(one["dtype"]).name,
            )
            for one in inputs
        )

    def run(self, values: Mapping[str, Values]) -> list[Floats]:
        """See picket.detect.backends.network.Network."""
        try:
            for name, value in values.items():
                self._interpreter.set_tensor(self._places[name], value)
            self._interpreter.invoke()
        except (ValueError, RuntimeError) as error:
            raise ModelError(
                f"{self._file} cannot be run ({error}): choose another model.path"
            ) from error
        return [self._output(details) for details in self._outputs]

    def _output(self, details: dict[str, Any]) -> Floats:
        """An output as real numbers."""
        values: Floats = self._interpreter.get_tensor(details["index"]).astype(np.float32)
        scale, zero_point = details["quantization"]
        return (values - zero_point) * np.float32(scale) if scale else values


def open_cpu(config: DetectorConfig) -> NetworkBackend:
    """A detector that runs its model in LiteRT.

    Raises: ModelError when the file cannot be used.
    """
    path = model_file(config, ".tflite")
    interpreter = allocate(
        lambda: Interpreter(str(path), num_threads=config.num_threads), path.name
    )
    return NetworkBackend(LiteRtNetwork(interpreter, path.name), path, config.model)


def allocate(make: Callable[[], Interpreter], file: str) -> Interpreter:
    """An interpreter with its memory allocated.

    Raises: ModelError when the file is no TFLite model that this runtime can run.
    """
    try:
        interpreter = make()
        interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise ModelError(
            f"LiteRT cannot load {file} ({error}): the file may be damaged or compiled for an Edge"
            " TPU; check it with `picket models`, choose another model.path, or set the"
            " detector's type to edgetpu"
        ) from error
    return interpreter
