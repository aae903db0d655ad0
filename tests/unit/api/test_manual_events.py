from __future__ import annotations

import pytest

from picket.api.manual_events import make_event
from picket.api.schemas.manual_events import BoxIn, ManualEventIn
from picket.config.camera import CameraConfig
from picket.config.load import parse_config
from picket.domain.geometry import Box

INPUT = {"path": "rtsp://front/1", "roles": ["detect", "record"]}


def camera(*, is_recorded: bool) -> CameraConfig:
    return parse_config(
        {
            "cameras": {
                "front": {
                    "ffmpeg": {"inputs": [INPUT]},
                    "record": {
                        "enabled": is_recorded,
                        "events": {"pre_capture": 7, "post_capture": 9},
                    },
                }
            }
        }
    ).cameras["front"]


@pytest.mark.parametrize("is_recorded", [True, False])
@pytest.mark.parametrize("is_wanted", [True, False])
def test_a_clip_needs_a_recorded_camera_and_the_wish(*, is_recorded: bool, is_wanted: bool) -> None:
    wanted = ManualEventIn(include_recording=is_wanted)
    event = make_event("1.0-abcdef", "ring", wanted, camera(is_recorded=is_recorded), 100.0)
    assert event.has_clip == (is_recorded and is_wanted)
    assert (event.start_time, event.end_time) == (93.0, 139.0)


@pytest.mark.parametrize(
    ("shares", "pixels"),
    [
        ((0.5, 0.5, 0.25, 0.25), Box(320, 180, 480, 270)),
        ((0, 0, 1, 1), Box(0, 0, 640, 360)),
        ((1, 1, 1, 1), Box(639, 359, 640, 360)),
        ((0.5, 0.5, 0, 0), Box(320, 180, 321, 181)),
    ],
)
def test_a_box_lies_inside_of_the_picture_and_has_a_pixel(
    shares: tuple[float, float, float, float], pixels: Box
) -> None:
    assert BoxIn(box=shares).to_pixels(640, 360) == pixels
