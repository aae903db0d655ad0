"""hls.js in Chromium plays a recorded hour, seeks in it and shows the frame that was asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.players.hour import (
    BITS,
    FPS,
    GAP_START_S,
    HEIGHT_PX,
    HOUR_FORMS,
    Hour,
    record_change,
)
from tests.support.chromium import Page
from tests.support.footage_server import served_footage
from tests.support.recordings import START
from tests.support.servers import wait_for

SCRIPTS = (
    Path(__file__).parents[3] / "web" / "node_modules" / "hls.js" / "dist" / "hls.min.js",
    Path(__file__).with_name("player.js"),
)
PLACES = [3000.1, 12.3, GAP_START_S - 0.6, GAP_START_S + 0.9, 3520.0]
"""Positions in seconds, not in order: far ahead, back, both sides of the gap, near the end."""


def player(page: Page, call: str) -> Any:
    return page.run(f"player.{call}")


def start(page: Page, playlist: str) -> float:
    """Load hls.js into a page of the server's own, and the playlist into hls.js."""
    page.open(playlist.split("/vod")[0] + "/api/version")
    for script in SCRIPTS:
        page.run(script.read_text(encoding="utf-8") + "; null")
    return float(player(page, f"start({json.dumps(playlist)})"))


def wait_for_frame(page: Page, frame: int) -> Any:
    """What is on the screen once it is this frame: a decoder may be a frame late."""
    shown: list[Any] = []

    def is_there() -> Any:
        shown.append(player(page, f"shown({BITS})"))
        return shown[-1] if shown[-1]["frame"] == frame else None

    try:
        return wait_for(is_there, 5, f"frame {frame}")
    except AssertionError as error:
        raise AssertionError(f"{error}, but {shown[-1]}") from error


@pytest.mark.parametrize("form", HOUR_FORMS)
def test_an_hour_plays_and_every_place_shows_its_frame(
    page: Page, url: str, hour: Hour, form: str
) -> None:
    duration_s = start(page, url + form)
    assert duration_s == pytest.approx(hour.duration_s, abs=0.3)
    wait_for_frame(page, 0)
    for place in PLACES:
        player(page, f"seek({place})")
        shown = wait_for_frame(page, hour.frame_at(place))
        assert shown["position"] == pytest.approx(place, abs=0.01)
        assert shown["time"] == pytest.approx(START + hour.time_at(place), abs=1 / FPS)
    assert player(page, "faults") == []


def test_playing_goes_over_the_gap(page: Page, url: str, hour: Hour) -> None:
    start(page, url + HOUR_FORMS[0])
    player(page, f"seek({GAP_START_S - 1.5})")
    player(page, f"playPast({GAP_START_S + 1.5})")
    shown = player(page, f"shown({BITS})")
    assert abs(shown["frame"] - hour.frame_at(shown["position"])) <= 1
    assert player(page, "faults") == []


def test_playing_goes_over_a_change_of_the_cameras_size(page: Page, tmp_path: Path) -> None:
    with served_footage(tmp_path, record_change(tmp_path), tmp_path) as url:
        start(page, f"{url}/vod/front/start/{START}/end/{START + 40}/master.m3u8")
        player(page, "seek(18.2)")
        assert player(page, "video.videoHeight") == HEIGHT_PX
        player(page, "playPast(23.2)")
        assert player(page, "video.videoHeight") == 2 * HEIGHT_PX
        assert player(page, "faults") == []
        shown = player(page, f"shown({BITS})")
        assert abs(shown["frame"] - int((shown["position"] - 20) * FPS)) <= 1


def test_the_players_query_string_reaches_every_part(page: Page, url: str) -> None:
    start(page, f"{url}/vod/2024-01/15/12/front/utc/master.m3u8?authSig=T")
    player(page, f"seek({GAP_START_S + 0.9})")
    entries = "performance.getEntriesByType('resource').map(entry => entry.name)"
    fetched = [name for name in page.run(entries) if "/vod/" in name]
    assert {name.rsplit(".", 1)[1] for name in fetched} == {
        "m3u8?authSig=T",
        "mp4?authSig=T",
        "m4s?authSig=T",
    }
