"""Models of sounds in TFLite files, such as YAMNet, through LiteRT."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from picket.audio.window import WINDOW_SAMPLES, Samples
from picket.config.audio import AudioConfig
from picket.domain.errors import ModelError
from picket.domain.labelmap import parse_labelmap

logger = logging.getLogger(__name__)

MODEL_PATH = Path("/cpu_audio_model.tflite")
LABELS_PATH = Path("/audio-labelmap.txt")
"""Where Frigate's images keep them."""


class SoundModel:
    """A model in an interpreter; not to be shared between threads."""

    def __init__(self, interpreter: Interpreter, labels: Mapping[int, str]) -> None:
        """Args: labels: by class; several classes may share one, others have none."""
        self._interpreter = interpreter
        self._input = interpreter.get_input_details()[0]
        self._output = interpreter.get_output_details()[0]["index"]
        self.labels = labels

    def classify(self, samples: Samples) -> dict[str, float]:
        """See picket.audio.listen.Classifier."""
        try:
            shaped = samples.reshape(self._input["shape"])
            self._interpreter.set_tensor(self._input["index"], shaped)
            self._interpreter.invoke()
        except (ValueError, RuntimeError) as error:
            raise ModelError(
                f"the model of sounds cannot be run ({error}): choose another audio.model_path"
            ) from error
        scores = self._interpreter.get_tensor(self._output).reshape(-1)
        best: dict[str, float] = {}
        for index, label in self.labels.items():
            best[label] = max(best.get(label, 0.0), float(scores[index]))
        return best


def open_model(audio: AudioConfig) -> SoundModel:
    """The model of a camera.

    Raises: ModelError when a file is missing or of another kind; the message says what to set.
    """
    path = _file(audio.model_path, MODEL_PATH, "audio.model_path", "YAMNet's TFLite file")
    names = _file(audio.labelmap_path, LABELS_PATH, "audio.labelmap_path", "the model's label file")
    try:
        interpreter = Interpreter(str(path), num_threads=audio.num_threads)
        interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise ModelError(
            f"LiteRT cannot load {path.name} ({error}): set audio.model_path to YAMNet's TFLite"
            " file, in a whole copy"
        ) from error
    labels = _labels(names, _class_count(interpreter, path))
    unknown = sorted({*audio.listen} - {*labels.values()})
    if unknown:
        logger.info("audio.listen: %s does not know %s", names.name, ", ".join(unknown))
    return SoundModel(interpreter, labels)


def _file(configured: str | None, usual: Path, key: str, what: str) -> Path:
    path = Path(configured) if configured else usual
    if not path.is_file():
        raise ModelError(
            f"no sound can be named, its loudness alone is measured: there is no file {path}:"
            f" set {key} to {what}"
        )
    return path


def _class_count(interpreter: Interpreter, path: Path) -> int:
    """Raises: ModelError when it takes or gives something else than YAMNet does."""
    takes, gives = interpreter.get_input_details(), interpreter.get_output_details()
    shapes = [tuple(int(axis) for axis in one["shape"]) for one in (*takes, *gives)]
    kinds = {np.dtype(one["dtype"]).name for one in (*takes, *gives)}
    if len(takes) != 1 or np.prod(shapes[0]) != WINDOW_SAMPLES or kinds != {"float32"}:
        raise ModelError(
            f"{path.name} does not take {WINDOW_SAMPLES} samples as float32 (its tensors:"
            f" {shapes}): set audio.model_path to YAMNet's TFLite file"
        )
    return int(np.prod(shapes[1]))


def _labels(path: Path, class_count: int) -> dict[int, str]:
    try:
        named = parse_labelmap(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(
            f"the label file of audio.labelmap_path cannot be read: {error}"
        ) from error
    labels = {index: label for index, label in named.items() if label}
    if not labels or max(labels) >= class_count:
        raise ModelError(
            f"{path.name} names {len(labels)} classes and the model has {class_count}: set"
            " audio.labelmap_path to the label file that belongs to audio.model_path"
        )
    return labels
