"""From a configured detector to one that is ready to look."""

from __future__ import annotations

from typing import Protocol

from picket.config.detectors import NOT_PART, DetectorConfig
from picket.domain.errors import ModelError
from picket.domain.frame import Picture
from picket.domain.status import ModelInfo
from picket.ipc.messages import FoundObject


class Backend(Protocol):
    """A model in a runtime; not to be shared between threads."""

    @property
    def info(self) -> ModelInfo:
        """The model that is loaded."""

    def infer(self, crop: Picture) -> list[FoundObject]:
        """What is in a crop, best first, without duplicates.

        Args:
            crop: uint8, shape (info.height, info.width, 3), channels in `info.pixel_format` order.

        Returns: boxes as shares of the crop, 0..1.
        Raises: Unavailable when it cannot look now, but may again later.
        """


def load_backend(config: DetectorConfig) -> Backend:
    """Load the model of a detector; only its own runtime is imported.

    Raises: ModelError when the model cannot be used; the message says what to configure.
    """
    backend: Backend
    match config.type:
        case "hog":
            from picket.detect.backends.hog import HogBackend

            backend = HogBackend(config)
        case "onnx":
            from picket.detect.backends.onnx import open_onnx

            backend = open_onnx(config)
        case "openvino":
            from picket.detect.backends.openvino import open_openvino

            backend = open_openvino(config)
        case "cpu":
            from picket.detect.backends.cpu import open_cpu

            backend = open_cpu(config)
        case "edgetpu":
            from picket.detect.backends.edgetpu import open_edgetpu

            backend = open_edgetpu(config)
        case "deepstack":
            from picket.detect.backends.deepstack import DeepStackBackend

            backend = DeepStackBackend(config)
        case other:
            cure = NOT_PART.get(other, "use onnx, openvino, cpu or hog")
            raise ModelError(f"a detector of type {other} is not part of this version: {cure}")
    return backend
