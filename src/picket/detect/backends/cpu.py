"""TFLite models on the CPU, through LiteRT."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.backends.files import model_file
from picket.detect.decode.family import Floats
from picket.detect.model import InputType, Tensors, describe_model, input_shape
from picket.domain.errors import ModelError
from picket.domain.frame import Picture
from picket.domain.status import ModelInfo
from picket.ipc.messages import FoundObject

DTYPES: dict[type[np.generic], InputType] = {
    np.float32: "float32",
    np.uint8: "uint8",
    np.int8: "int8",
}


class CpuBackend:
    """One TFLite file in an interpreter."""

    def __init__(self, config: DetectorConfig) -> None:
        path = model_file(config, ".tflite")
        self._interpreter = open_interpreter(path, config.num_threads)
        self._outputs: list[dict[str, Any]] = self._interpreter.get_output_details()
        self._input: int = self._interpreter.get_input_details()[0]["index"]
        self._model = describe_model(
            config.model, tensors_of(self._interpreter, path, config.model)
        )

    @property
    def info(self) -> ModelInfo:
        """The model that is loaded."""
        return self._model.info

    def infer(self, crop: Picture) -> list[FoundObject]:
        """What is in a crop; see picket.detect.load.Backend."""
        self._interpreter.set_tensor(self._input, self._model.tensor(crop))
        self._interpreter.invoke()
        return self._model.found([self._output(details) for details in self._outputs])

    def _output(self, details: dict[str, Any]) -> Floats:
        """An output as real numbers."""
        values: Floats = self._interpreter.get_tensor(details["index"]).astype(np.float32)
        scale, zero_point = details["quantization"]
        return (values - zero_point) * np.float32(scale) if scale else values


def open_interpreter(path: Path, threads: int) -> Interpreter:
    """An interpreter with its memory allocated.

    Raises: ModelError when the file is no TFLite model that this runtime can run.
    """
    try:
        interpreter = Interpreter(str(path), num_threads=threads)
        interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise ModelError(
            f"LiteRT cannot load {path.name} ({error}): the file may be damaged or compiled for"
            " an Edge TPU; check it with `picket models` or choose another model.path"
        ) from error
    return interpreter


def tensors_of(interpreter: Interpreter, path: Path, config: ModelConfig) -> Tensors:
    """What the interpreter tells about its file.

    Raises: ModelError when the file takes something else than one picture.
    """
    inputs = interpreter.get_input_details()
    dtype = DTYPES.get(inputs[0]["dtype"])
    if len(inputs) != 1 or dtype is None:
        raise ModelError(
            f"{path.name} takes {[(i['name'], i['dtype'].__name__) for i in inputs]}; only models"
            " with one picture as input can be used: choose another model.path"
        )
    return Tensors(
        path=path,
        input=input_shape(tuple(int(axis) for axis in inputs[0]["shape"]), config, path.name),
        dtype=dtype,
        outputs=tuple(
            tuple(int(axis) for axis in output["shape"])
            for output in interpreter.get_output_details()
        ),
    )
