"""Finds out once what runs the user's model fastest on this machine, and remembers it."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from picket.config.detectors import DetectorConfig
from picket.detect.choice import Speed, Way, best_way, ways_for
from picket.detect.load import Backend, load_backend
from picket.domain.errors import ModelError
from picket.domain.frame import Picture
from picket.runtime.upkeep.files import put_file

logger = logging.getLogger(__name__)

MEMORY_NAME = ".picket-detectors.json"
PACKAGES = ("onnxruntime", "openvino", "ai-edge-litert")
WARM_UP_LOOKS = 3
MEASURE_S = 0.6  # for lone looks, and again for those at once
ANY_SIDE = 320  # pixels of the picture for models that take any size

Beat = Callable[[], None]
"""A sign of life: measuring takes longer than any look."""


def choose_way(
    config: DetectorConfig, media: Path, beat: Beat, measure_s: float = MEASURE_S
) -> Way:
    """How to run a detector; measured when its type is `auto` and nothing is remembered.

    Args:
        config: of the detector.
        media: folder in which the choice is remembered.
        beat: called again and again while it measures.
        measure_s: seconds for each figure.

    Raises: ModelError when no runtime can use the model; the message says what to configure.
    """
    if config.type != "auto":
        return Way(config.type, config.num_threads)
    if config.model.path is None:
        return Way("hog")
    path = Path(config.model.path)
    ways = ways_for(path.suffix.lower(), os.cpu_count() or 1)
    if not path.is_file() or not ways:
        reason = "is no file" if not path.is_file() else "is of no known kind"
        raise ModelError(
            f"model.path {path} {reason}: set it to an .onnx, .xml or .tflite file (`picket models`"
            " gets one), or remove it"
        )
    memory, key = media / MEMORY_NAME, _circumstances(path)
    known = _recall(memory).get(key)
    for way in ways:
        if asdict(way) == known:
            return way
    best = _measure_all(config, ways, beat, measure_s)
    _remember(memory, key, best.way)
    return best.way


def configured(config: DetectorConfig, way: Way) -> DetectorConfig:
    """The detector as a way wants it loaded."""
    return config.model_copy(update={"type": way.type, "num_threads": way.num_threads})


def measure(config: DetectorConfig, way: Way, beat: Beat, measure_s: float) -> Speed:
    """How fast a way is, now and here.

    Raises: ModelError when the model cannot be loaded so.
    """
    backends = [load_backend(configured(config, way)) for _ in range(way.parallel)]
    info = backends[0].info
    size = (info.height or ANY_SIDE, info.width or ANY_SIDE, 3)
    crop: Picture = np.random.default_rng(0).integers(0, 256, size, dtype=np.uint8)
    for backend in backends:
        _looks(backend, crop, 0.0, WARM_UP_LOOKS)
        beat()
    lone_ms = statistics.median(_looks(backends[0], crop, measure_s)) * 1000
    beat()
    if way.parallel == 1:
        return Speed(way, lone_ms, 1000 / lone_ms)
    return Speed(way, lone_ms, _rate_together(backends, crop, measure_s))


def _measure_all(
    config: DetectorConfig, ways: tuple[Way, ...], beat: Beat, measure_s: float
) -> Speed:
    logger.info("measuring what runs %s fastest here; this takes some seconds", config.model.path)
    speeds: list[Speed] = []
    failures: list[ModelError] = []
    for way in ways:
        try:
            speeds.append(measure(config, way, beat, measure_s))
        except ModelError as error:
            failures.append(error)
            continue
        logger.info(
            "%s: %.1f ms for one, %.0f a second", way, speeds[-1].lone_ms, speeds[-1].per_second
        )
    if not speeds:
        raise failures[0]
    best = best_way(speeds)
    logger.info("chosen: %s; write it as the detector's type to keep it", best.way)
    return best


def _looks(backend: Backend, crop: Picture, duration_s: float, at_least: int = 5) -> list[float]:
    """Seconds that each of several looks took, one after the other."""
    took: list[float] = []
    while len(took) < at_least or sum(took) < duration_s:
        started = time.perf_counter()
        backend.infer(crop)
        took.append(time.perf_counter() - started)
    return took


def _rate_together(backends: list[Backend], crop: Picture, measure_s: float) -> float:
    """Looks a second of all together."""
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one: counts.append(len(_looks(one, crop, measure_s))))
        for one in backends
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def _circumstances(model: Path) -> str:
    """What the figures depend on: with any of it, they must be taken anew."""
    digest = hashlib.sha256(model.read_bytes()).hexdigest()[:16]
    packages = " ".join(f"{name}-{version(name)}" for name in PACKAGES)
    return f"{digest} {_processor()} x{os.cpu_count()} {packages}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "unknown")


def _recall(memory: Path) -> dict[str, Any]:
    """Ways by circumstances; nothing when the file is missing or was damaged."""
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(memory: Path, key: str, way: Way) -> None:
    try:
        put_file(memory, json.dumps({**_recall(memory), key: asdict(way)}, indent=1).encode())
    except OSError as error:
        logger.warning("the choice cannot be kept, so the next start measures again: %s", error)
