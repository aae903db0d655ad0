"""Models that are known to work: where they come from, whether a copy is whole, how to get one."""

from __future__ import annotations

import hashlib
import os
import tempfile
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from picket.domain.errors import ModelError, NotFound, Unavailable

CHUNK_BYTES = 1 << 16
TIMEOUT_S = 30.0
RAW = "https://raw.githubusercontent.com"


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A published model file, exactly this one."""

    name: str
    file: str
    url: str
    sha256: str
    size_bytes: int
    licence: str
    detector: str  # type of the detector that runs it
    model_type: str
    labels: str  # which built-in names it needs
    summary: str


MODELS = (
    KnownModel(
        name="yolox-nano",
        file="yolox_nano.onnx",
        url=f"{RAW}/Kazuhito00/YOLOX-ONNX-TFLite-Sample/3d4f1119/model/yolox_nano.onnx",
        sha256="695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14",
        size_bytes=3_660_092,
        licence="Apache-2.0",
        detector="onnx",
        model_type="yolox",
        labels="COCO, 80 classes",
        summary="the best choice for a CPU: 416x416, about 15 ms",
    ),
    KnownModel(
        name="yolox-nano-tflite",
        file="yolox_nano_dynrange.tflite",
        url=f"{RAW}/Kazuhito00/YOLOX-ONNX-TFLite-Sample/3d4f1119/model/"
        "yolox_nano_dynamic_range_quantize.tflite",
        sha256="cf751f8077a8c35864bebc2a337a93bcc3c6184621f8cc1ce983c70b01ceb2e4",
        size_bytes=1_221_424,
        licence="Apache-2.0",
        detector="cpu",
        model_type="yolox",
        labels="COCO, 80 classes",
        summary="the same for TFLite, a third of the size, about 20 ms",
    ),
    KnownModel(
        name="fastestdet",
        file="FastestDet.onnx",
        url=f"{RAW}/dog-qiuqiu/FastestDet/50473cd1/example/onnx-runtime/FastestDet.onnx",
        sha256="31cb14c017fce347cb4c846ec62fdf00d76bb3beecdf4be21e7116ac67feb880",
        size_bytes=998_169,
        licence="BSD-3-Clause",
        detector="onnx",
        model_type="fastestdet",
        labels="COCO, 80 classes",
        summary="for very weak machines: 352x352, about 4 ms; misses small objects and the night",
    ),
    KnownModel(
        name="ssd-mobilenet-v1",
        file="ssd_mobilenet_v1_coco_quant.tflite",
        url=f"{RAW}/tensorflow/examples/50432005/lite/examples/object_detection/android/app/src/"
        "main/assets/detect.tflite",
        sha256="e4b118e5e4531945de2e659742c7c590f7536f8d0ed26d135abcfe83b4779d13",
        size_bytes=4_183_312,
        licence="Apache-2.0",
        detector="cpu",
        model_type="ssd",
        labels="COCO, 90 numbers",
        summary="the classic TFLite model: 300x300, about 14 ms, at most 10 objects a look",
    ),
)


class ModelState(StrEnum):
    """What is known of a copy."""

    READY = "ready"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class ModelCopy:
    """A known model and its copy in a folder."""

    model: KnownModel
    path: Path
    state: ModelState


class Source(Protocol):
    """Bytes from somewhere."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""


Opener = Callable[[str], AbstractContextManager[Source]]
"""Opens a URL for reading; raises OSError when it cannot."""


def list_models(folder: Path) -> list[ModelCopy]:
    """Every known model and how its copy in the folder is."""
    return [ModelCopy(model, folder / model.file, _state(folder, model)) for model in MODELS]


def find_model(name: str) -> KnownModel:
    """The known model of this name.

    Raises: NotFound when there is none.
    """
    for model in MODELS:
        if model.name == name:
            return model
    known = ", ".join(model.name for model in MODELS)
    raise NotFound(f"there is no known model {name!r}: choose one of {known}")


def settings_for(copy: ModelCopy) -> str:
    """The lines of a configuration file that put a copy to use."""
    return (
        "detectors:\n"
        f"  {copy.model.detector}:\n"
        f"    type: {copy.model.detector}\n"
        "model:\n"
        f"  path: {copy.path}\n"
        f"  model_type: {copy.model.model_type}\n"
    )


def verify(path: Path, sha256: str) -> bool:
    """Whether a file has this SHA-256 (hexadecimal); a missing file has none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def open_url(url: str) -> AbstractContextManager[Source]:
    """An HTTPS download.

    Raises: OSError when the server does not answer within half a minute, or not with the file.
    """
    opened: AbstractContextManager[Source] = urllib.request.urlopen(  # noqa: S310 - only MODELS' URLs
        url, timeout=TIMEOUT_S
    )
    return opened


def download(name: str, folder: Path, opener: Opener = open_url) -> ModelCopy:
    """Fetch a known model; the file appears under its name only when it is whole.

    Raises:
        NotFound: no model of this name is known.
        Unavailable: the server cannot be reached, or the folder cannot be written.
        ModelError: what came is not the file that was published.
    """
    model = find_model(name)
    target = folder / model.file
    if not verify(target, model.sha256):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _fetch(model, target, opener)
        except OSError as error:
            raise Unavailable(
                f"{model.name} could not be fetched ({error}): check the network and the folder"
                f" {folder}, or put {model.file} there by hand; it is published at {model.url}"
            ) from error
    return ModelCopy(model, target, ModelState.READY)


def _fetch(model: KnownModel, target: Path, opener: Opener) -> None:
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{model.file}.")
    try:
        with os.fdopen(handle, "wb") as file, opener(model.url) as source:
            _copy_whole(model, source, file)
            file.flush()
            os.fsync(handle)
        Path(part).chmod(0o644)
        Path(part).replace(target)
    finally:
        Path(part).unlink(missing_ok=True)


def _copy_whole(model: KnownModel, source: Source, file: BinaryIO) -> None:
    digest = hashlib.sha256()
    received = 0
    # One byte over the published size is enough to know that it is something else.
    while chunk := source.read(min(CHUNK_BYTES, model.size_bytes + 1 - received)):
        received += len(chunk)
        digest.update(chunk)
        file.write(chunk)
    if digest.hexdigest() != model.sha256:
        raise ModelError(
            f"what came for {model.name} is not the published file ({received} bytes read,"
            f" {model.size_bytes} expected, or another SHA-256); nothing was kept: try again, or"
            f" compare {model.url}"
        )


def _state(folder: Path, model: KnownModel) -> ModelState:
    path = folder / model.file
    if not path.is_file():
        return ModelState.MISSING
    return ModelState.READY if verify(path, model.sha256) else ModelState.DAMAGED
