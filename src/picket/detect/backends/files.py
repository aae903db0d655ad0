"""Finding the file of a model."""

from __future__ import annotations

from pathlib import Path

from picket.config.detectors import DetectorConfig
from picket.domain.errors import ModelError

DEFAULT_PATHS = {"cpu": Path("/cpu_model.tflite"), "edgetpu": Path("/edgetpu_model.tflite")}
"""Where Frigate's images keep the model of a detector that names none."""


def model_file(config: DetectorConfig, *suffixes: str) -> Path:
    """The file to load.

    Args:
        config: of the detector.
        suffixes: how the runtime's files end, such as ".onnx".

    Raises: ModelError when none is configured, it is missing, or of another runtime.
    """
    path = Path(config.model.path) if config.model.path else DEFAULT_PATHS.get(config.type)
    kinds = " or ".join(suffixes)
    cure = f"set model.path to a {kinds} file (`picket models` gets one), or type: hog"
    if path is None:
        raise ModelError(f"a detector of type {config.type} needs a model file: {cure}")
    if not path.is_file():
        raise ModelError(
            f"there is no model file {path} for a detector of type {config.type}: {cure}"
        )
    if path.suffix not in suffixes:
        raise ModelError(
            f"a detector of type {config.type} reads {kinds} files, not {path.name}: {cure}"
        )
    return path
