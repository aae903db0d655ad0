"""Somebody 30 pixels high in a picture of 1280 is found where something moves."""

from __future__ import annotations

from dataclasses import dataclass, field

import av
import cv2
import numpy as np

from picket.config.detectors import DetectorConfig
from picket.detect.load import load_backend
from picket.domain.detection import Detection
from picket.domain.frame import Frame, Picture
from picket.domain.geometry import Box
from picket.evaluate.in_process import InProcessDetector
from picket.pipeline.camera import step
from picket.pipeline.memory import CameraMemory
from picket.pipeline.rules import DetectorInUse, compile_rules
from picket.track.tracker import living_tracks
from tests.support.ground_truth import DATA
from tests.unit.pipeline.scene import camera, draws

WIDTH, HEIGHT, FPS = 1280, 720, 5
WALKER_PX = 30
CLIP, IN_FRAME = "street_people_gt", 45
MAN = Box(422, 160, 508, 318)
PAVEMENT_PX = 24  # around him
QUIET, WALK, STEP_PX = 10, 25, 8
START_X, START_Y = 500, 400


@dataclass
class Seen:
    """What a walk through the picture brought."""

    regions: list[tuple[Box, ...]] = field(default_factory=list)
    people: list[Detection] = field(default_factory=list)  # of tracks, in each frame


def man() -> Picture:
    """A real man, as small as in a wide picture; BGR."""
    whole = picture_of_clip()
    cut = whole[
        MAN.y1 - PAVEMENT_PX : MAN.y2 + PAVEMENT_PX, MAN.x1 - PAVEMENT_PX : MAN.x2 + PAVEMENT_PX
    ]
    scale = WALKER_PX / MAN.height
    size = round(cut.shape[1] * scale), round(cut.shape[0] * scale)
    return cv2.resize(cut, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def picture_of_clip() -> Picture:
    with av.open(str(DATA / "videos" / f"{CLIP}.mp4")) as clip:
        for number, picture in enumerate(clip.decode(video=0), start=1):
            if number == IN_FRAME:
                return picture.to_ndarray(format="bgr24").astype(np.uint8)
    raise AssertionError(f"{CLIP} has no frame {IN_FRAME}")


def walk() -> Seen:
    """A quiet pavement, then the man walks over it."""
    backend = load_backend(
        DetectorConfig.model_validate(
            {"type": "onnx", "model": {"path": str(DATA / "models" / "yolox_nano.onnx")}}
        )
    )
    rules = compile_rules(camera(zones={}), WIDTH, HEIGHT, DetectorInUse("onnx", backend.info))
    memory, detector, seen, small = CameraMemory(), InProcessDetector(backend), Seen(), man()
    pavement = np.random.default_rng(7).normal(120, 4, (HEIGHT, WIDTH, 3)).clip(0, 255)
    for number in range(QUIET + WALK):
        picture = pavement.astype(np.uint8)
        if number >= QUIET:
            x = START_X - STEP_PX * (number - QUIET)
            picture[START_Y : START_Y + small.shape[0], x : x + small.shape[1]] = small
        yuv = cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).astype(np.uint8)
        memory, result = step(memory, Frame(number / FPS, yuv), detector, rules, draws)
        seen.regions.append(result.notes.regions)
        seen.people += [t.detection for t in living_tracks(memory.tracks) if t.is_seen]
    return seen


def test_a_small_walker_is_found_by_one_enlarged_look_a_frame() -> None:
    seen = walk()
    assert len(seen.people) > WALK / 2
    assert all(abs(person.box.height - WALKER_PX) < WALKER_PX / 3 for person in seen.people)
    looks = [regions for regions in seen.regions[QUIET:] if regions]
    assert all(len(regions) <= 2 for regions in looks)
    assert all(person.region.width < 416 for person in seen.people)
