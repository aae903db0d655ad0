"""A model file in any runtime: what it takes, how it is fed, how its answer is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, get_args

import numpy as np
import numpy.typing as npt

from picket.config.detectors import ModelConfig
from picket.detect.decode.family import Floats, Shape
from picket.detect.model import InputType, Tensors, describe_model, input_shape
from picket.domain.errors import ModelError
from picket.domain.frame import Picture
from picket.domain.status import ModelInfo
from picket.ipc.messages import FoundObject

Values = npt.NDArray[np.generic]

INPUT_TYPES: dict[str, InputType] = {name: name for name in get_args(InputType)}


@dataclass(frozen=True, slots=True)
class NetworkInput:
    """One input as the file states it."""

    name: str
    shape: Shape  # 0 where the file leaves an axis open
    dtype: str  # in NumPy's words


class Network(Protocol):
    """What each runtime fills in."""

    @property
    def inputs(self) -> Sequence[NetworkInput]:
        """In the order of the file."""

    def run(self, values: Mapping[str, Values]) -> list[Floats]:
        """All outputs in the order of the file, as real numbers.

        Raises: ModelError when the runtime cannot run the model on these values.
        """


class NetworkBackend:
    """Fills in picket.detect.load.Backend for a model file."""

    def __init__(self, network: Network, path: Path, config: ModelConfig) -> None:
        """Raises: ModelError when the model is none that finds objects in one picture."""
        self._network = network
        picture = picture_input(network.inputs, config, path.name)
        self._picture = picture.name
        self._sizes = size_inputs(network.inputs, picture)
        # Exports often leave axes open, so the outputs are measured on a blank picture.
        outputs = self._run(np.zeros(picture.shape, picture.dtype))
        tensors = Tensors(
            path, picture.shape, INPUT_TYPES[picture.dtype], tuple(one.shape for one in outputs)
        )
        self._model = describe_model(config, tensors)

    @property
    def info(self) -> ModelInfo:
        """The model that is loaded."""
        return self._model.info

    def infer(self, crop: Picture) -> list[FoundObject]:
        """What is in a crop; see picket.detect.load.Backend."""
        return self._model.found(self._run(self._model.tensor(crop)))

    def _run(self, picture: Values) -> list[Floats]:
        return self._network.run({self._picture: picture, **self._sizes})


def picture_input(inputs: Sequence[NetworkInput], config: ModelConfig, file: str) -> NetworkInput:
    """The input that takes the picture, with every axis known.

    Raises: ModelError when there is not one picture, or something beside it that is no size.
    """
    match [one for one in inputs if not _is_size(one)]:
        case [NetworkInput(name, shape, dtype)] if dtype in INPUT_TYPES:
            return NetworkInput(name, input_shape(shape, config, file), dtype)
        case _:
            raise ModelError(
                f"{file} takes {[(one.name, one.shape, one.dtype) for one in inputs]}; only models"
                " with one picture as input can be used: choose another model.path"
            )


def size_inputs(inputs: Sequence[NetworkInput], picture: NetworkInput) -> dict[str, Values]:
    """Width and height for networks that ask how large the picture was, as D-FINE's do."""
    _, a, b, c = picture.shape
    size = (c, b) if a == 3 else (b, a)
    return {one.name: np.array([size], one.dtype) for one in inputs if _is_size(one)}


def _is_size(stated: NetworkInput) -> bool:
    return len(stated.shape) == 2 and stated.shape[1] == 2
