"""Weather, light and noise, laid over pictures in which nothing moves; the same at each run."""

from __future__ import annotations

import itertools
import math
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.frame import Gray
from picket.domain.geometry import Box

FPS = 5
Lit = npt.NDArray[np.float32]
Disturbance = Callable[[Gray, int], Iterator[Gray]]
"""A still picture and a number of frames, to the frames."""


def sensor_noise(sigma: float) -> Disturbance:
    """Each pixel of each frame differs by chance; `sigma` in luma."""

    def disturb(still: Gray, frames: int) -> Iterator[Gray]:
        random = np.random.default_rng(1)
        for _ in range(frames):
            noise = random.standard_normal(still.shape, np.float32) * np.float32(sigma)
            yield _luma(still + noise)

    return disturb


def night(still: Gray, frames: int) -> Iterator[Gray]:
    """A fifth of the light, and a sensor that makes up for it."""
    dark = _luma(still * np.float32(0.2) + 10)
    return sensor_noise(6)(dark, frames)


def rain(still: Gray, frames: int) -> Iterator[Gray]:
    """Bright slanted streaks that are elsewhere in each frame."""
    random = np.random.default_rng(2)
    height, width = still.shape
    for _ in range(frames):
        streaks = np.zeros_like(still)
        for _ in range(200):
            x, y = int(random.integers(0, width)), int(random.integers(0, height))
            long = int(random.integers(25, 90))
            cv2.line(streaks, (x, y), (x + long // 6, y + long), (255,), int(random.integers(1, 3)))
        share = cv2.GaussianBlur(streaks, (3, 3), 0).astype(np.float32) / 255 * np.float32(0.5)
        yield _luma(still * (1 - share) + 210 * share)


def low_bitrate(still: Gray, frames: int) -> Iterator[Gray]:
    """A little noise through H.264 that has too few bits: blocks that leap at each keyframe."""
    return reencoded(sensor_noise(5)(still, frames), "-crf", "38", "-g", "10")


def exposure_ramps(still: Gray, frames: int) -> Iterator[Gray]:
    """Exposure that swings by a third within four seconds, and noise."""
    for number, frame in enumerate(sensor_noise(3)(still, frames)):
        yield _luma(frame * np.float32(1 + 0.33 * math.sin(2 * math.pi * number / (4 * FPS))))


def exposure_dips(still: Gray, frames: int) -> Iterator[Gray]:
    """The picture darkens within two frames, as behind a bright car, and comes back in a second."""
    gains = [1.0] * 10 + [0.8, 0.6, 0.65, 0.7, 0.8, 0.9]
    for gain, frame in zip(itertools.cycle(gains), sensor_noise(3)(still, frames), strict=False):
        yield _luma(frame * np.float32(gain))


def lightning(still: Gray, frames: int) -> Iterator[Gray]:
    """Flashes of one or two frames, every few seconds."""
    flash = {20: 60, 21: 110, 45: 90, 70: 40, 72: 120, 73: 60, 98: 80}
    for number, frame in enumerate(sensor_noise(3)(still, frames)):
        bright = flash.get(number, 0)
        yield _luma(frame * np.float32(1 + bright / 200) + bright)


def infrared_switch(still: Gray, frames: int) -> Iterator[Gray]:
    """At a third of the time the filter moves: black, too bright, settling, lit in the middle."""
    height, width = still.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    lamp = np.exp(-1.5 * (x**2 + y**2)).astype(np.float32)
    lit = (255 * (still / np.float32(255)) ** np.float32(0.6)) * lamp + 15
    settling = (0.0, 0.0, 1.6, 1.4, 1.25, 1.15, 1.08, 1.04, 1.02)
    for number, noisy in enumerate(sensor_noise(5)(np.full_like(still, 128), frames)):
        since = number - frames // 3
        gain = settling[since] if 0 <= since < len(settling) else 1.0
        scene = still * np.float32(0.6) if since < 0 else lit * np.float32(gain)
        yield _luma(scene + noisy - 128)


def swaying_shadow(still: Gray, frames: int) -> Iterator[Gray]:
    """The soft shadow of branches, moved by the wind."""
    random = np.random.default_rng(5)
    height, width = still.shape
    leaves = random.random((height // 60, width // 60), np.float32)
    shade = _blurred(cv2.resize(leaves, (width, height)), 8)
    fall = np.clip((shade - 0.5) * 8, 0, 1) * np.float32(0.45)
    fall[:, width // 2 :] = 0
    return _swung(still, frames, lambda frame, warp: frame * (1 - _moved(fall, *warp)))


def swaying_foliage(still: Gray, frames: int) -> Iterator[Gray]:
    """A quarter of the picture swings by some pixels, as a tree does."""
    height, width = still.shape
    disc = np.zeros_like(still)
    cv2.ellipse(disc, (width // 4, height // 3), (width // 7, height // 4), 0, 0, 360, (1,), -1)
    crown = _blurred(disc, 15)
    leaves = np.random.default_rng(6).integers(30, 150, (height // 6, width // 6)).astype(np.uint8)
    tree = cv2.resize(leaves, (width, height)).astype(np.float32)

    def sway(frame: Lit, warp: tuple[float, float]) -> Lit:
        return frame * (1 - crown) + _moved(tree, *warp) * crown

    return _swung(still, frames, sway)


def shaking_pole(still: Gray, frames: int) -> Iterator[Gray]:
    """The camera trembles by about a pixel."""
    random = np.random.default_rng(7)
    for frame in sensor_noise(3)(still, frames):
        x_px, y_px = random.normal(0, 1, 2)
        yield _luma(_moved(frame.astype(np.float32), float(x_px), float(y_px)))


def _swung(
    still: Gray,
    frames: int,
    apply: Callable[[Lit, tuple[float, float]], Lit],
) -> Iterator[Gray]:
    for number, frame in enumerate(sensor_noise(3)(still, frames)):
        t = number / FPS
        gust = 6 + 6 * math.sin(0.5 * t)
        warp = (gust * math.sin(2.7 * t) + 3 * math.sin(7.1 * t), 0.4 * gust * math.sin(3.3 * t))
        yield _luma(apply(frame.astype(np.float32), warp))


def reencoded(frames: Iterable[Gray], *encode: str) -> Iterator[Gray]:
    """The frames through ffmpeg's H.264 encoder and back."""
    first, *rest = frames
    height, width = first.shape
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mp4"
        raw = ("-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{width}x{height}", "-r", str(FPS))
        code = ("-c:v", "libx264", "-preset", "veryfast", "-threads", "1", "-pix_fmt", "yuv420p")
        command = ["ffmpeg", "-v", "error", *raw, "-i", "-", *code, *encode, str(clip)]
        subprocess.run(command, check=True, input=b"".join(f.tobytes() for f in (first, *rest)))
        with av.open(str(clip)) as container:
            for picture in container.decode(video=0):
                yield picture.to_ndarray(format="gray8").astype(np.uint8, copy=False)


@dataclass(frozen=True, slots=True)
class Walker:
    """Somebody who crosses the lower half of the picture at 1.2 m/s."""

    height_px: int  # taken for 1.7 m
    tone: int  # luma of the clothes

    def boxes(self, still: Gray, frames: int) -> list[Box]:
        """Where he is in each frame."""
        speed_px = self.height_px / 1.7 * 1.2 / FPS
        height, width = still.shape
        foot, wide = height * 2 // 3, self.height_px // 3
        lefts = (width // 3 + int(speed_px * number) for number in range(frames))
        return [Box(left, foot - self.height_px, left + wide, foot) for left in lefts]


def with_walker(frames: Iterable[Gray], boxes: Iterable[Box], tone: int) -> Iterator[Gray]:
    """A dark figure with striding legs, drawn at each box; `tone` is the luma of the clothes."""
    for number, (frame, box) in enumerate(zip(frames, boxes, strict=True)):
        shown = frame.copy()
        middle, stride = (box.x1 + box.x2) // 2, box.width * math.sin(1.9 * number) / 2
        hip, neck = box.y1 + box.height // 2, box.y1 + box.height // 6
        thick = max(box.width // 4, 1)
        cv2.circle(shown, (middle, (box.y1 + neck) // 2), max(box.height // 12, 1), (150,), -1)
        cv2.rectangle(
            shown, (middle - box.width // 3, neck), (middle + box.width // 3, hip), (tone,), -1
        )
        for foot in (middle + stride, middle - stride):
            cv2.line(shown, (middle, hip), (int(foot), box.y2 - 1), (tone + 15,), thick)
        yield shown


def _moved(picture: Lit, x_px: float, y_px: float) -> Lit:
    shift = np.array([[1, 0, x_px], [0, 1, y_px]], np.float32)
    size = (picture.shape[1], picture.shape[0])
    moved = cv2.warpAffine(picture, shift, size, borderMode=cv2.BORDER_REPLICATE)
    return moved.astype(np.float32, copy=False)


def _blurred(picture: npt.NDArray[Any], sigma_px: float) -> Lit:
    return cv2.GaussianBlur(picture.astype(np.float32), (0, 0), sigma_px).astype(np.float32)


def _luma(values: npt.NDArray[Any]) -> Gray:
    return values.clip(0, 255).astype(np.uint8)
