"""What motion is measured on: clips with truth, and stills with something laid over them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
import cv2
import numpy as np

from bench import motion_disturbances as over
from picket.capture.decoder import FrameRate, scale_into
from picket.domain.frame import Frame, Gray
from picket.domain.geometry import Box
from tests.support.servers import DATA

FPS = over.FPS
FRAMES = 24 * FPS
"""Of a drawn scene."""
SIZE = (1280, 720)
Spans = tuple[tuple[float, float], ...]
"""From and to, in seconds of the clip."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One frame and what moves in it."""

    luma: Gray
    movers: tuple[Box, ...] | None  # each should be touched; () nothing moves; None not known


@dataclass(frozen=True, slots=True)
class Scene:
    """A row of the table."""

    name: str
    runs: tuple[Callable[[], Iterator[Shown]], ...]  # each with a memory of its own


def all_scenes() -> list[Scene]:
    """Clips first, then what is drawn."""
    return [*_clips(), *_drawn()]


def _clips() -> list[Scene]:
    people: Spans = ((6, 20), (22.7, 45), (50, 70), (74.2, 87.4), (92, 120.6), (123.5, 136.5))
    cars: Spans = ((4.4, 8.9), (14.3, 18.9), (25, 28.1))
    spans: dict[str, tuple[Spans, bool]] = {
        "indoor_one_by_one_person": (people, True),
        "cars_topview_parking": (cars, True),
        "bottles_hand_only": (((5.7, 39.9),), False),
        "ir_hallway_person_mopping": (((30.8, 58.3),), True),
        "ir_hallway_empty_mode_switch": ((), True),
        "ir_hallway_empty_mode_switch_short": ((), True),
        "synthetic_static_noise_lightning": ((), True),
    }
    boxed = ("street_people_gt", "street_cars_gt", "dog_and_person_gt")
    busy = (
        "motorway_cars_768",
        "motorway_cctv_320",
        "plaza_crowd_small",
        "town_centre_small_people",
    )
    return [
        *(Scene(name, (partial(_boxed, name),)) for name in boxed),
        *(Scene(name, (partial(_spanned, name, *known),)) for name, known in spans.items()),
        *(Scene(name, (partial(_unknown, name),)) for name in busy),
    ]


def _drawn() -> list[Scene]:
    quiet: dict[str, over.Disturbance] = {
        "noise, sigma 4": over.sensor_noise(4),
        "noise, sigma 12": over.sensor_noise(12),
        "noise, sigma 25": over.sensor_noise(25),
        "night": over.night,
        "rain": over.rain,
        "H.264 at crf 38": over.low_bitrate,
        "exposure ramps": over.exposure_ramps,
        "exposure dips": over.exposure_dips,
        "lightning": over.lightning,
        "infra-red switch": over.infrared_switch,
        "swaying shadow": over.swaying_shadow,
        "swaying foliage": over.swaying_foliage,
        "shaking pole": over.shaking_pole,
    }
    walked: dict[str, over.Disturbance] = {
        "walker 30 px, noise 4": over.sensor_noise(4),
        "walker 30 px, rain": over.rain,
        "walker 30 px, noise 12": over.sensor_noise(12),
        "walker 30 px, exposure ramps": over.exposure_ramps,
    }
    return [
        *(
            Scene(name, tuple(partial(_quiet, one, still) for still in _STILLS))
            for name, one in quiet.items()
        ),
        *(
            Scene(name, tuple(partial(_walked, one, FAR, still) for still in _STILLS))
            for name, one in walked.items()
        ),
        Scene(
            "walker 60 px, night",
            tuple(partial(_walked, over.night, NEARER, still) for still in _STILLS),
        ),
    ]


FAR = over.Walker(height_px=30, tone=45)
NEARER = over.Walker(height_px=60, tone=8)

_STILLS = (("indoor_one_by_one_person", 2.0), ("street_cars_gt", 5.0), ("plaza_crowd_small", 5.0))
"""A room, a road, a bright square; people and cars in them stand as they were."""


def _still(clip: str, at_s: float) -> Gray:
    luma = next(luma for time_s, luma in _frames(clip) if time_s >= at_s)
    return cv2.resize(luma, SIZE, interpolation=cv2.INTER_CUBIC).astype(np.uint8, copy=False)


def _quiet(disturb: over.Disturbance, still: tuple[str, float]) -> Iterator[Shown]:
    for luma in disturb(_still(*still), FRAMES):
        yield Shown(luma, ())


def _walked(
    disturb: over.Disturbance, walker: over.Walker, still: tuple[str, float]
) -> Iterator[Shown]:
    """Empty for five seconds, then somebody comes out of nowhere and walks."""
    scene, empty = _still(*still), 5 * FPS
    boxes = walker.boxes(scene, FRAMES - empty)
    frames = list(disturb(scene, FRAMES))
    walking = over.with_walker(frames[empty:], boxes, walker.tone)
    for luma in frames[:empty]:
        yield Shown(luma, ())
    for luma, box in zip(walking, boxes, strict=True):
        yield Shown(luma, (box,))


def _frames(clip: str) -> Iterator[tuple[float, Gray]]:
    """Seconds and luma as the pipeline gets them: the decoder's frames, evenly picked."""
    rate = FrameRate(FPS)
    with av.open(str(DATA / "videos" / f"{clip}.mp4")) as container:
        for picture in container.decode(video=0):
            time_s = float(picture.time or 0.0)
            if rate.is_due(time_s):
                width, height = picture.width // 2 * 2, picture.height // 2 * 2
                yuv = np.empty((height * 3 // 2, width), np.uint8)
                scale_into(picture, yuv)
                yield time_s, Frame(time_s, yuv).luma


def _unknown(clip: str) -> Iterator[Shown]:
    for _, luma in _frames(clip):
        yield Shown(luma, None)


def _spanned(clip: str, spans: Spans, is_else_empty: bool) -> Iterator[Shown]:  # noqa: FBT001
    """Something moves within the spans, nobody wrote down where; around them it is not known."""
    for time_s, luma in _frames(clip):
        everywhere = (Box(0, 0, luma.shape[1], luma.shape[0]),)
        if any(start + 0.5 <= time_s <= end - 0.5 for start, end in spans):
            yield Shown(luma, everywhere)
        elif is_else_empty and not any(s - 0.5 < time_s < e + 0.5 for s, e in spans):
            yield Shown(luma, ())
        else:
            yield Shown(luma, None)


def _boxed(clip: str) -> Iterator[Shown]:
    """The boxes that move by a tenth of their size within a second."""
    with av.open(str(DATA / "videos" / f"{clip}.mp4")) as container:
        clip_fps = float(container.streams.video[0].average_rate or 30)
    paths = _read_paths(DATA / "videos" / f"{clip}.gt.txt")
    for time_s, luma in _frames(clip):
        frame = round(time_s * clip_fps) + 1
        half = round(clip_fps / 2)
        movers = [path[frame] for path in paths if frame in path and _moves(path, frame, half)]
        yield Shown(luma, tuple(movers) or None)


def _read_paths(path: Path) -> Sequence[dict[int, Box]]:
    paths: dict[int, dict[int, Box]] = defaultdict(dict)
    for line in path.read_text().splitlines():
        frame, one, x, y, width, height, confidence, *_ = map(float, line.split(","))
        if confidence > 0:
            sides = (x, y, x + width, y + height)
            paths[int(one)][int(frame)] = Box(*(round(side) for side in sides))
    return list(paths.values())


def _moves(path: dict[int, Box], frame: int, half: int) -> bool:
    around = [path[n] for n in (frame - half, frame + half) if n in path]
    now = path[frame]
    size = max(now.width, now.height)
    gone = max((math.dist(now.center, other.center) for other in around), default=0.0)
    return gone > 0.05 * size
