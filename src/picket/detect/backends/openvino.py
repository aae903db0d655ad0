"""ONNX and OpenVINO models on Intel's graphics and any CPU, through OpenVINO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.backends.files import model_file
from picket.detect.backends.network import (
    NetworkBackend,
    NetworkInput,
    Values,
    picture_input,
    size_inputs,
)
from picket.detect.decode.family import Floats, Shape
from picket.domain.errors import ModelError

SPREADING = ("AUTO", "MULTI", "HETERO", "BATCH")
"""Words with which OpenVINO spreads the work over devices: `HETERO:GPU,CPU`."""


class OpenVinoNetwork:
    """One compiled file."""

    def __init__(self, compiled: ov.CompiledModel, file: str) -> None:
        self._request = compiled.create_infer_request()
        self._outputs: int = len(compiled.outputs)
        self._file = file
        self.inputs: Sequence[NetworkInput] = stated_inputs(compiled)
        self._places = {one.name: place for place, one in enumerate(self.inputs)}

    def run(self, values: Mapping[str, Values]) -> list[Floats]:
        """See picket.detect.backends.network.Network."""
        placed = {self._places[name]: value for name, value in values.items()}
        try:
            answers = self._request.infer(placed, share_inputs=True)
        except RuntimeError as error:
            shapes = [value.shape for value in values.values()]
            raise ModelError(
                f"{self._file} cannot be run on a picture of shape {shapes[0]}"
                f" ({last_line(error)}): mend model.width and model.height, or choose another"
                " model.path"
            ) from error
        return [np.asarray(answers[n], dtype=np.float32) for n in range(self._outputs)]


def open_openvino(config: DetectorConfig) -> NetworkBackend:
    """A detector that runs its model in OpenVINO.

    Raises: ModelError when the file or the device cannot be used.
    """
    path = model_file(config, ".xml", ".onnx")
    if path.suffix == ".xml" and not path.with_suffix(".bin").is_file():
        raise ModelError(
            f"{path.name} has no {path.stem}.bin beside it, which holds its weights: copy both"
            " files of the model into one folder"
        )
    core = ov.Core()
    device = choose_device(config.device, core.available_devices)
    compiled = compile_model(core, path, device, config)
    return NetworkBackend(OpenVinoNetwork(compiled, path.name), path, config.model)


def choose_device(asked: str | int | None, available: Sequence[str]) -> str:
    """The device to compile for, in OpenVINO's words.

    Args:
        asked: `detectors.<name>.device`; none means a graphics unit if there is one, else the CPU.
            (OpenVINO's own AUTO also compiles for the CPU, with as many threads as it has cores.)
        available: devices of this machine, such as `CPU`, `GPU.0`.

    Raises: ModelError when the machine has no such device.
    """
    wanted = str(asked or "AUTO").upper()
    if wanted == "AUTO":
        return next((one for one in available if one.startswith("GPU")), "CPU")
    names = {name for one in available for name in (one, one.split(".")[0])}
    if wanted in names or wanted.split(":")[0] in SPREADING:
        return wanted
    raise ModelError(
        f"OpenVINO finds no device {asked!r} here, only {', '.join(available)}: set the detector's"
        " device to one of them, or install the driver and pass the device (/dev/dri, /dev/accel)"
        " through to the container"
    )


def compile_model(
    core: ov.Core, path: Path, device: str, config: DetectorConfig
) -> ov.CompiledModel:
    """The file, made ready for one look at a time.

    Raises: ModelError when it is no model that OpenVINO can run on this device.
    """
    options: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY"}
    if device == "CPU":
        options |= {
            "INFERENCE_NUM_THREADS": config.num_threads,
            "NUM_STREAMS": 1,
            # Pinned threads of two detectors would share one core while another is idle.
            "ENABLE_CPU_PINNING": False,
            # Left alone, CPUs with bfloat16 use it: 1.5 times faster, but YOLOX-Nano then finds 3
            # of 62 cars fewer, and the same model would see other things on another machine.
            "INFERENCE_PRECISION_HINT": "f32",
        }
    try:
        model = core.read_model(path)
        fix_axes(model, config.model, path.name)
        return core.compile_model(model, device, options)
    except RuntimeError as error:
        raise ModelError(
            f"OpenVINO cannot load {path.name} for {device} ({last_line(error)}): the file may be"
            " damaged or half copied; check it with `picket models` or choose another model.path"
        ) from error


def fix_axes(model: ov.Model, config: ModelConfig, file: str) -> None:
    """Close what the inputs leave open: a network of one size is planned better.

    Raises:
        ModelError: there is not one picture among the inputs.
        RuntimeError: the network cannot have this size.
    """
    if all(port.partial_shape.is_static for port in model.inputs):
        return
    inputs = stated_inputs(model)
    picture = picture_input(inputs, config, file)
    shapes = {name: value.shape for name, value in size_inputs(inputs, picture).items()}
    shapes[picture.name] = picture.shape
    model.reshape({number: shapes[one.name] for number, one in enumerate(inputs)})


def last_line(error: RuntimeError) -> str:
    """What went wrong; the lines before it name places in OpenVINO's own source."""
    return next((line for line in reversed(str(error).splitlines()) if line.strip()), "no reason")


def stated_inputs(model: ov.Model | ov.CompiledModel) -> tuple[NetworkInput, ...]:
    """What the file says of its inputs, in its order."""
    return tuple(
        NetworkInput(
            port.any_name if port.names else f"input {number}",
            _shape(port.partial_shape),
            port.element_type.to_dtype().name,
        )
        for number, port in enumerate(model.inputs)
    )


def _shape(stated: ov.PartialShape) -> Shape:
    if stated.rank.is_dynamic:
        return (0, 0, 0, 0)
    return tuple(0 if axis.is_dynamic else axis.get_length() for axis in stated)
