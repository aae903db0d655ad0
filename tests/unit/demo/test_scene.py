from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from picket.config.detectors import DetectorConfig
from picket.demo.lens import HEIGHT_PX, WIDTH_PX
from picket.demo.scene import (
    FPS,
    FRAME_COUNT,
    GOP_FRAMES,
    render_scene,
    visitor_box,
    write_demo_video,
)
from picket.demo.yard import render_yard
from picket.detect.backends.hog import SIDE, HogBackend
from picket.detect.letterbox import letterbox
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box

CLEAR_SCORE = 0.75


@pytest.fixture(scope="module")
def detector() -> HogBackend:
    return HogBackend(DetectorConfig(type="hog"))


def look(detector: HogBackend, n: int, region: Box) -> list[Detection]:
    """What the detector sees in one region of one frame, as a camera of ours would ask it."""
    yuv = cv2.cvtColor(render_scene(n), cv2.COLOR_BGR2YUV_I420)
    crop = np.empty((SIDE, SIDE, 3), np.uint8)
    placement = letterbox(Frame(0.0, np.asarray(yuv, np.uint8)), region, crop, pixel_format="bgr")
    found = (placement.to_frame(one) for one in detector.infer(crop))
    return [detection for detection in found if detection is not None]


def square_around(box: Box, side: int) -> Box:
    x, y = (round(middle) - side // 2 for middle in box.center)
    return Box(x, y, x + side, y + side)


def frames_with_the_whole_visitor() -> list[int]:
    boxes = {n: visitor_box(n) for n in range(FRAME_COUNT)}
    return [n for n, box in boxes.items() if box and box.x1 > 10]


def test_a_frame_is_always_the_same_and_every_frame_has_its_own_noise() -> None:
    assert np.array_equal(render_scene(100), render_scene(100 + FRAME_COUNT))
    assert not np.array_equal(render_scene(0), render_scene(1))


def test_an_empty_frame_is_the_yard_with_a_little_noise() -> None:
    assert visitor_box(0) is None
    difference = render_scene(0).astype(np.float64) - render_yard()
    assert 1.0 < difference.std() < 2.5
    assert abs(difference.mean()) < 0.2


def test_the_visitor_is_where_the_picture_changes() -> None:
    box = visitor_box(100)
    assert box is not None
    changed = np.abs(render_scene(100).astype(np.int16) - render_yard()).max(axis=2) > 40
    ys, xs = np.nonzero(changed)
    around = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    assert around.iou(box) > 0.6  # the shadow sticks out


def test_the_visitor_is_seen_whole_for_more_than_ten_seconds_and_large_enough() -> None:
    frames = frames_with_the_whole_visitor()
    heights = [box.height for n in frames if (box := visitor_box(n))]
    assert len(frames) > 10 * FPS
    assert 240 < min(heights) < max(heights) < 400


@pytest.mark.parametrize("side", [420, 560, 720])
def test_the_people_detector_is_sure_of_the_visitor(detector: HogBackend, side: int) -> None:
    frames = frames_with_the_whole_visitor()[::12]
    scores = []
    for n in frames:
        box = visitor_box(n)
        assert box is not None
        seen = look(detector, n, square_around(box, side))
        scores.append(max((d.score for d in seen if d.box.iou(box) > 0.4), default=0.0))
    assert np.mean(np.array(scores) >= CLEAR_SCORE) >= 0.75, scores


@pytest.mark.parametrize("side", [320, 480, 720])
def test_the_people_detector_finds_nobody_in_the_empty_yard(
    detector: HogBackend, side: int
) -> None:
    corners = (
        (x, y) for y in range(0, HEIGHT_PX, side // 2) for x in range(0, WIDTH_PX, side // 2)
    )
    regions = [Box(x, y, x + side, y + side) for x, y in corners]
    seen = [detection for region in regions for detection in look(detector, 0, region)]
    assert [detection for detection in seen if detection.score >= 0.5] == []


def test_the_video_can_be_looped_and_shows_the_scene(tmp_path: Path) -> None:
    path = tmp_path / "demo.mp4"
    write_demo_video(path, range(90, 90 + 2 * FPS + 3))
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert stream.average_rate == FPS
        frames = list(container.decode(stream))
    assert [n for n, frame in enumerate(frames) if frame.key_frame] == [
        0,
        GOP_FRAMES,
        2 * GOP_FRAMES,
    ]
    assert len(frames) == 2 * FPS + 3
    shown = frames[10].to_ndarray(format="bgr24").astype(np.float64)
    assert np.abs(shown - render_scene(100)).mean() < 4
    assert path.read_bytes().index(b"moov") < 100  # before the media: it can be played at once
    assert [file.name for file in tmp_path.iterdir()] == ["demo.mp4"]


def test_a_video_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_demo_video(tmp_path / "no_such_folder" / "demo.mp4", range(1))
    assert list(tmp_path.iterdir()) == []
