"""From a configured detector to one that is ready to look."""

from __future__ import annotations

from typing import Protocol

from picket.config.detectors import DetectorConfig
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
        """


def load_backend(config: DetectorConfig) -> Backend:
    """Load the model of a detector; only its own runtime is imported.

    Raises: ModelError when the model cannot be used; the message says what to configure.
    """
    match config.type:
        case "hog":
            from picket.detect.backends.hog import HogBackend

            return HogBackend(config)
        case "onnx":
            from picket.detect.backends.onnx import open_onnx

            return open_onnx(config)
        case "openvino":
            from picket.detect.backends.openvino import open_openvino

            return open_openvino(config)
        case "cpu":
            from picket.detect.backends.cpu import open_cpu

            return open_cpu(config)
        case other:
            raise ModelError(
                f"a detector of type {other} is not part of this version: set the detector's type"
                " to openvino or onnx (ONNX files), cpu (TFLite files) or hog (no file needed)"
            )
