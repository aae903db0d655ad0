from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from picket.config.load import parse_config
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.overlay import ShotView, SnapshotOptions
from picket.events.best_shot import BestShot
from picket.media.jpeg import decode_picture
from picket.runtime.worker.event_files import EventPictures

CONFIG = parse_config(
    {"cameras": {"front": {"ffmpeg": {"inputs": [{"path": "rtsp://h/1", "roles": ["detect"]}]}}}}
)
BOX = Box(400, 300, 500, 500)


def make_shot(width: int = 1280, height: int = 720, box: Box = BOX) -> BestShot:
    """Grey everywhere."""
    yuv = np.full((height * 3 // 2, width), 128, np.uint8)
    return BestShot(Frame(1000.0, yuv), ShotView(1000.0, box, box, 0.8))


@pytest.fixture
def pictures(tmp_path: Path) -> EventPictures:
    return EventPictures(CONFIG, "front", tmp_path)


def test_a_thumbnail_is_a_small_square(pictures: EventPictures) -> None:
    assert decode_picture(pictures.thumbnail(make_shot())).shape == (175, 175, 3)


def test_a_thumbnail_of_a_small_frame_shows_all_of_it(pictures: EventPictures) -> None:
    shot = make_shot(178, 100, Box(0, 0, 50, 50))
    assert decode_picture(pictures.thumbnail(shot)).shape == (175, 311, 3)


@pytest.mark.parametrize("is_drawn", [False, True])
@pytest.mark.parametrize(
    ("crop", "height", "shape"),
    [
        (False, None, (720, 1280)),
        (True, None, (300, 300)),
        (False, 360, (360, 640)),
        (True, 90, (90, 90)),
    ],
)
def test_a_snapshot_has_the_size_that_is_wanted_drawn_or_not(
    pictures: EventPictures,
    is_drawn: bool,  # noqa: FBT001
    crop: bool,  # noqa: FBT001
    height: int | None,
    shape: tuple[int, int],
) -> None:
    options = SnapshotOptions(height=height, bounding_box=is_drawn, crop=crop)
    shown = decode_picture(pictures.snapshot("person", make_shot(), options))
    assert shown.shape[:2] == shape
    is_coloured = bool((np.ptp(shown.astype(int), axis=2) > 40).any())
    assert is_coloured == is_drawn
