"""Clips with hand-made truth: frames and the boxes that are in them.

The folder is named by PICKET_TEST_DATA, by default `../shared/data` beside the repository.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from picket.domain.frame import Frame
from picket.domain.geometry import Box

REPOSITORY = Path(__file__).parents[2]
DATA = REPOSITORY / os.environ.get("PICKET_TEST_DATA", "../shared/data")

CLASSES = {1: "person", 3: "car", 12: "dog"}


@dataclass(frozen=True, slots=True)
class Truth:
    """One object in one frame, pixels of the clip."""

    label: str
    box: Box


@dataclass(frozen=True, slots=True)
class TrueFrame:
    """A frame and everything that counts in it."""

    frame: Frame
    truths: tuple[Truth, ...]


def true_frames(clip: str, *, every: int, scale: int = 1) -> Iterator[TrueFrame]:
    """Every n-th frame of a clip, enlarged by a whole number."""
    truths = read_truths(DATA / "videos" / f"{clip}.gt.txt", scale)
    with av.open(str(DATA / "videos" / f"{clip}.mp4")) as container:
        for number, picture in enumerate(container.decode(video=0), start=1):
            if number % every:
                continue
            sized = picture.reformat(picture.width * scale, picture.height * scale, "yuv420p")
            yuv = sized.to_ndarray().astype(np.uint8, copy=False)
            yield TrueFrame(Frame(float(picture.time or 0.0), yuv), tuple(truths[number]))


def read_truths(path: Path, scale: int) -> dict[int, list[Truth]]:
    """Objects by frame number (from 1); regions to ignore are left out.

    Source: MOTChallenge's lines `frame,id,x,y,width,height,confidence,class,visibility`.
    """
    truths: dict[int, list[Truth]] = defaultdict(list)
    for line in path.read_text().splitlines():
        frame, _, x, y, width, height, confidence, kind, *_ = map(float, line.split(","))
        if confidence > 0:
            sides = (x, y, x + width, y + height)
            box = Box(*(round(side * scale) for side in sides))
            truths[int(frame)].append(Truth(CLASSES[int(kind)], box))
    return truths
