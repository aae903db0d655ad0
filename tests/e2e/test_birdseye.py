"""Two cameras in one picture: who stirs is shown, and leaves some seconds after he last did."""

from __future__ import annotations

import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.domain.frame import Picture
from picket.media.jpeg import decode_picture
from tests.support.servers import Picket, loop_video, rtsp_server, running_picket, wait_for

COLORS = {"apple": "red", "berry": "blue"}
WAIT_S = 150.0

CONFIG = """
mqtt: {{enabled: false}}
birdseye: {{mode: motion, inactivity_threshold: 4, width: 640, height: 360}}
detect: {{enabled: false, width: 320, height: 180, fps: 5}}
cameras:
  apple: {{ffmpeg: {{inputs: [{{path: "{url}/apple", roles: [detect]}}]}}}}
  berry: {{ffmpeg: {{inputs: [{{path: "{url}/berry", roles: [detect]}}]}}}}
"""


def film(folder: Path, color: str) -> Path:
    """Half an hour of a white square that goes to and fro before a coloured wall."""
    short = folder / f"{color}.short.mp4"
    scene = (
        f"color={color}:s=320x180:r=5:d=12[wall];color=white:s=40x40:r=5:d=12[square];"
        "[wall][square]overlay=x='140+100*sin(t*PI/2)':y=70"
    )
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-bf", "0"]
    command = ["ffmpeg", "-v", "error", "-filter_complex", scene, *coding, str(short)]
    subprocess.run(command, check=True)
    return loop_video(short, folder / f"{color}.mp4", rounds=150)


@pytest.fixture
def picket(tmp_path: Path) -> Iterator[Picket]:
    mounts = {name: film(tmp_path, color) for name, color in COLORS.items()}
    with (
        rtsp_server(mounts) as url,
        running_picket(tmp_path, CONFIG.format(url=url)) as running,
    ):
        wait_for(lambda: running.json("/api/stats"), WAIT_S, "answer")
        yield running


def picture(picket: Picket) -> Picture:
    status, body = picket.fetch("/api/birdseye/latest.jpg")
    assert status == 200, body
    return decode_picture(body)


def shown(picket: Picket) -> list[str]:
    """The cameras from left to right, by the colour of their walls near the lower edge."""
    seen = picture(picket)
    assert seen.shape == (360, 640, 3)
    found = []
    for place in seen[250:265, 20:620:100].mean(axis=0):
        blue, _, red = (value > 120 for value in place)
        name = {(False, True): "apple", (True, False): "berry"}.get((bool(blue), bool(red)))
        if name is not None and name not in found:
            found.append(name)
    return found


def set_motion(picket: Picket, camera: str, *, is_on: bool) -> None:
    query = f"cameras.{camera}.motion.enabled={str(is_on).lower()}"
    request = urllib.request.Request(picket.url(f"/api/config/set?{query}"), method="PUT")  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        assert answer.status == 200


def test_both_are_shown_and_one_leaves_when_nothing_stirs_there(picket: Picket) -> None:
    wait_for(lambda: shown(picket) == ["apple", "berry"], WAIT_S, "picture of both")
    set_motion(picket, "berry", is_on=False)
    wait_for(lambda: shown(picket) == ["apple"], WAIT_S, "picture of one")
    alone = picture(picket)
    assert alone[20, 20, 2] > 120  # as large as it goes
    set_motion(picket, "berry", is_on=True)
    wait_for(lambda: shown(picket) == ["apple", "berry"], WAIT_S, "return")
