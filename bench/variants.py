"""Other scenes out of the clips with truth: `python -m bench.variants FOLDER [--only WORD …]`.

Each variant becomes a folder of videos, the truth turned with them beside each, for
`picket evaluate FOLDER/VARIANT/*.mp4 --truth FOLDER/VARIANT`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

from picket.config.tree import read_tree
from tests.support.servers import DATA

CLIPS = (
    "street_people_gt",
    "street_cars_gt",
    "dog_and_person_gt",
    "indoor_one_by_one_person",
    "motorway_cars_768",
    "ir_hallway_person_mopping",
)
"""Those whose objects yolox_nano can find, so that a variant can lose some."""

Picture = npt.NDArray[np.uint8]
"""BGR, shape (height, width, 3)."""
Size = tuple[int, int]
"""Width and height, pixels."""
Affine = npt.NDArray[np.float64]
"""Shape (2, 3), from edges of pixels (a picture begins at 0, not at -0.5) to such."""
Place = Callable[[Size, int], tuple[Affine, Size]]
"""Size of the clip and number of the frame, to where its points go and the new size."""


def _scaled(by: float) -> Place:
    def place(size: Size, _: int) -> tuple[Affine, Size]:
        width, height = (round(side * by / 2) * 2 for side in size)
        return np.array([[width / size[0], 0, 0], [0, height / size[1], 0]]), (width, height)

    return place


def _as_is(size: Size, _: int) -> tuple[Affine, Size]:
    return np.array([[1.0, 0, 0], [0, 1, 0]]), size


def _mirrored(size: Size, _: int) -> tuple[Affine, Size]:
    return np.array([[-1.0, 0, size[0]], [0, 1, 0]]), size


def _turned(size: Size, _: int) -> tuple[Affine, Size]:
    """By three degrees, and so much nearer that no corner stays empty."""
    long, short = max(size), min(size)
    angle = math.radians(3)
    zoom = math.cos(angle) + long / short * math.sin(angle)
    matrix = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), 3, zoom)
    return matrix.astype(np.float64), size


def _shaken(size: Size, number: int) -> tuple[Affine, Size]:
    """By up to two pixels each way, anew in each frame."""
    x_px, y_px = np.random.default_rng(number).uniform(-2, 2, 2)
    return np.array([[1, 0, x_px], [0, 1, y_px]]), size


def _boxed_in(size: Size, _: int) -> tuple[Affine, Size]:
    """Black bars above and below, or at the sides, up to 4:3."""
    width, height = max(size[0], size[1] * 4 // 3), max(size[1], size[0] * 3 // 4)
    width, height = (width + 1) // 2 * 2, (height + 1) // 2 * 2
    return np.array([[1, 0, (width - size[0]) // 2], [0, 1, (height - size[1]) // 2]], float), (
        width,
        height,
    )


def _inset(size: Size, _: int) -> tuple[Affine, Size]:
    """Below and to the right in a picture of which it fills 60 % of each side."""
    width, height = (round(side / 0.6 / 2) * 2 for side in size)
    return np.array([[1, 0, width - size[0]], [0, 1, height - size[1]]], float), (width, height)


Light = Callable[[Picture, float, int], Picture]
"""A picture, its time in seconds and its number, to what a camera makes of it."""


def _toned(tone: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]) -> Light:
    table = (tone(np.arange(256) / 255) * 255).round().clip(0, 255).astype(np.uint8)
    return lambda picture, _time_s, _number: cv2.LUT(picture, table).astype(np.uint8, copy=False)


def _noisy(picture: Picture, _time_s: float, number: int) -> Picture:
    """Sigma 7, which is what ffmpeg's `noise=alls=12:allf=t` comes to."""
    noise = np.random.default_rng(number).standard_normal(picture.shape, np.float32)
    return (picture + 7 * noise).clip(0, 255).astype(np.uint8)


def _pumping(picture: Picture, time_s: float, _: int) -> Picture:
    """Exposure that swings by a tenth in three seconds."""
    gain = 1 + 0.1 * math.sin(2 * math.pi * time_s / 3)
    return (picture * np.float32(gain)).clip(0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Variant:
    """What is done to a clip."""

    place: Place = _as_is
    light: Light = lambda picture, _time_s, _number: picture
    speed: float = 1.0
    crf: int = 14
    first: int = 0  # frames left out before
    border: int | None = cv2.BORDER_REFLECT  # around what is shaken; None a still room


VARIANTS = {
    **{f"plain{first or ''}": Variant(first=first) for first in range(4)},
    "mirrored": Variant(_mirrored),
    "half": Variant(_scaled(0.5)),
    "larger": Variant(_scaled(1.5)),
    "dark": Variant(light=_toned(lambda luma: luma**2)),
    "flat": Variant(light=_toned(lambda luma: 0.3 + 0.4 * luma)),
    "noisy": Variant(light=_noisy),
    "compressed": Variant(crf=36),
    "letterboxed": Variant(_boxed_in, border=cv2.BORDER_CONSTANT),
    "inset": Variant(_inset, border=None),
    "turned": Variant(_turned),
    "slower": Variant(speed=0.7),
    "faster": Variant(speed=1.4),
    "shaken": Variant(_shaken),
    "pumping": Variant(light=_pumping),
}


def make_clip(name: str, variant: Variant, folder: Path) -> None:
    """Write the variant of one clip and its truth."""
    source, target = DATA / "videos" / f"{name}.mp4", folder / f"{name}.mp4"
    places: list[Affine] = []
    with av.open(str(source)) as clip, av.open(str(target), "w") as container:
        shown = clip.streams.video[0]
        fps = Fraction(shown.average_rate or 1)
        rate = (fps * Fraction(str(variant.speed))).limit_denominator(1000)
        _, size = variant.place((shown.width, shown.height), 0)
        stream = container.add_stream(
            "libx264", rate, {"crf": str(variant.crf), "preset": "ultrafast"}
        )
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.codec_context.thread_count = 1
        for number, frame in enumerate(islice(clip.decode(shown), variant.first, None)):
            matrix, _ = variant.place((frame.width, frame.height), number)
            places.append(matrix)
            moved = _moved(_pixels(frame), matrix, size, variant.border)
            lit = variant.light(moved, float(number / rate), number)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(lit, format="bgr24")))
        container.mux(stream.encode())
    _write_truth(name, variant, places, folder, float(fps), size)


def _moved(picture: Picture, matrix: Affine, size: Size, border: int | None) -> Picture:
    if border is None:
        ground = cv2.resize(_room(), size)
        border = cv2.BORDER_TRANSPARENT
    else:
        ground = None
    centres = matrix.copy()  # OpenCV counts from the middle of the first pixel
    centres[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    moved = cv2.warpAffine(picture, centres, size, ground, borderMode=border)
    return moved.astype(np.uint8, copy=False)


@cache
def _room() -> Picture:
    with av.open(str(DATA / "videos" / "indoor_one_by_one_person.mp4")) as clip:
        return _pixels(next(clip.decode(video=0)))


def _pixels(frame: av.VideoFrame) -> Picture:
    return frame.to_ndarray(format="bgr24").astype(np.uint8, copy=False)


def _write_truth(
    name: str, variant: Variant, places: Sequence[Affine], folder: Path, fps: float, size: Size
) -> None:
    boxes = DATA / "videos" / f"{name}.gt.txt"
    if boxes.exists():
        lines = (
            moved_box(line, variant.first, places, size) for line in boxes.read_text().splitlines()
        )
        (folder / boxes.name).write_text("".join(f"{line}\n" for line in lines if line))
        return
    listed = Path(__file__).parent / "truth" / f"{name}.yml"
    truth = read_tree(listed.read_text(), listed.name).data
    for event in truth["events"]:
        for key in ("start_s", "end_s"):
            event[key] = max(event[key] - variant.first / fps, 0) / variant.speed
    (folder / f"{name}.json").write_text(json.dumps(truth))


def moved_box(line: str, first: int, places: Sequence[Affine], size: Size) -> str:
    """A line of MOTChallenge; empty where the box lies outside."""
    number, one, left, top, width, height, *rest = line.split(",")
    frame = int(number) - first
    if not 1 <= frame <= len(places):
        return ""
    x, y = float(left), float(top)
    xs, ys = (x, x + float(width)), (y, y + float(height))
    corners = np.array([(x, y, 1) for x in xs for y in ys]) @ places[frame - 1].T
    low = corners.min(0).clip(0, size)
    high = corners.max(0).clip(0, size)
    if (high - low).min() < 1:
        return ""
    sides = ",".join(f"{side:.1f}" for side in (*low, *(high - low)))
    return ",".join((str(frame), one, sides, *rest))


def main() -> None:
    """Make them all, or those asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.variants", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    asked = parser.parse_args()
    for variant in asked.only:
        folder = asked.folder / variant
        folder.mkdir(parents=True, exist_ok=True)
        for name in CLIPS:
            make_clip(name, VARIANTS[variant], folder)
        print(folder)


if __name__ == "__main__":
    main()
