"""The pages Recordings and Exports: looked through, played in step, saved."""

from __future__ import annotations

import base64
import re
import time
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.support.browser import assert_accessible, shots, watched_page
from tests.support.servers import Picket, decode_errors, probe_errors, wait_for

WINDOW_S = 7200
IN_STEP_S = 0.2
GAP_S = 8.0
AROUND_S = 12.0
"""Footage wanted before and after the gap."""

SWITCH = """payload => new Promise((done, failed) => {
  const socket = new WebSocket(`ws://${location.host}/ws`);
  socket.onerror = failed;
  socket.onopen = () => {
    socket.send(JSON.stringify({topic: "yard/recordings/set", payload}));
    setTimeout(() => { socket.close(); done(); }, 300);
  };
})"""

POSITIONS = "() => [...document.querySelectorAll('[data-camera] video')].map(v => v.currentTime)"

PICTURES = """() => [...document.querySelectorAll('[data-camera] video')].map(video => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext('2d').drawImage(video, 0, 0);
  return canvas.toDataURL('image/png').split(',')[1];
})"""

SETTLED = """() => [...document.querySelectorAll('[data-camera] video')].every(
  v => v.paused && !v.seeking && v.readyState >= 2)"""

PLAYING = """() => {
  const all = [...document.querySelectorAll('[data-camera] video')];
  return all.length > 0 && all.every(v => !v.paused && v.readyState >= 3);
}"""


@dataclass(frozen=True)
class Gap:
    """A span in which the yard was not recorded, while the street was."""

    start_time: float
    end_time: float


@pytest.fixture(scope="module")
def gap(picket: Picket, browser: Browser) -> Gap:
    """Made by switching the recording off and on."""

    def footage(after: float) -> float:
        rows = picket.json(f"/api/yard/recordings?after={after}&before={after + 600}") or []
        return max((row["end_time"] for row in rows), default=0.0)

    start = time.time()
    with watched_page(browser, picket.url("")) as page:
        page.goto("/exports")
        wait_for(lambda: footage(start - 60) > start + AROUND_S, 60, "footage before the gap")
        page.evaluate(SWITCH, "OFF")
        page.wait_for_timeout(GAP_S * 1000)
        page.evaluate(SWITCH, "ON")

    def find() -> Gap | None:
        gaps = picket.json(f"/api/yard/gaps?after={start}") or []
        ended = [one for one in gaps if one["end_time"] and one["reason"] == "disabled"]
        if ended and footage(ended[-1]["end_time"] + 1) > ended[-1]["end_time"] + AROUND_S:
            return Gap(ended[-1]["start_time"], ended[-1]["end_time"])
        return None

    return wait_for(find, 60, "footage after the gap")


def shown_time(page: Page) -> float:
    """What the page's clock shows, Unix seconds."""
    told = page.locator("time[class*=readout]").get_attribute("datetime")
    assert told is not None
    return datetime.fromisoformat(told).timestamp()


def wall_times(page: Page, cameras: tuple[str, ...]) -> list[float]:
    """Which moment each player shows, by the playlist that it plays."""
    positions = page.evaluate(POSITIONS)
    return [wall_time(page, *pair) for pair in zip(cameras, positions, strict=True)]


def wall_time(page: Page, camera: str, position_s: float) -> float:
    window = int(shown_time(page) // WINDOW_S * WINDOW_S)
    url = f"/vod/{camera}/start/{window}/end/{window + WINDOW_S}/index.m3u8"
    passed_s, start = 0.0, 0.0
    begun_s = 0.0
    for line in page.request.get(url).text().splitlines():
        if line.startswith("#EXT-X-PROGRAM-DATE-TIME:"):
            start, begun_s = datetime.fromisoformat(line.partition(":")[2]).timestamp(), passed_s
        if line.startswith("#EXTINF:"):
            passed_s += float(line[8:].rstrip(","))
            if position_s < passed_s:
                return start + position_s - begun_s
    return start + position_s - begun_s


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Moment")


def decoded(png: bytes) -> npt.NDArray[np.uint8]:
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return picture  # type: ignore[return-value]


def test_two_cameras_play_in_step(page: Page, gap: Gap) -> None:
    page.goto(f"/recordings?camera=street,yard&time={gap.start_time - 9:.2f}")
    page.wait_for_function(PLAYING)
    page.wait_for_timeout(1500)  # small errors are made good
    seen = []
    for _ in range(6):
        seen.append(page.evaluate(POSITIONS))
        page.wait_for_timeout(400)
    walls = [
        [wall_time(page, "street", street), wall_time(page, "yard", yard)] for street, yard in seen
    ]
    apart = [abs(street - yard) for street, yard in walls]
    print(f"seconds apart: {[round(each, 3) for each in apart]}")  # noqa: T201
    assert all(after[0] > before[0] for before, after in pairwise(walls))
    assert max(apart) <= IN_STEP_S


def test_a_still_clock_shows_the_frame_of_its_time(page: Page, picket: Picket, gap: Gap) -> None:
    moment = round(gap.start_time - 6, 2)
    page.goto(f"/recordings?camera=street,yard&time={moment}")
    page.wait_for_function(PLAYING)
    page.keyboard.press("Space")
    page.wait_for_function(SETTLED)
    walls = wall_times(page, ("street", "yard"))
    assert abs(walls[0] - walls[1]) <= 0.05
    shown = decoded(base64.b64decode(page.evaluate(PICTURES)[0]))
    difference = {}
    for offset_s in (-1.0, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 1.0):
        asked = f"/api/street/recordings/{walls[0] + offset_s:.3f}/snapshot.png"
        still = decoded(picket.fetch(asked)[1])
        difference[offset_s] = float(cv2.absdiff(still, shown).mean())
    print(f"difference by offset: {difference}")  # noqa: T201
    nearest_s, _ = min(difference.items(), key=lambda item: item[1])
    assert abs(nearest_s) <= IN_STEP_S


def test_a_gap_is_told_leapt_over_and_said(page: Page, gap: Gap) -> None:
    middle = (gap.start_time + gap.end_time) / 2
    page.goto(f"/recordings?camera=yard&time={gap.start_time - 3:.2f}")
    page.wait_for_function(PLAYING)
    told = page.get_by_role("status").filter(has_text="Nothing was recorded from")
    expect(told).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-camera] video').currentTime > 0")
    assert shown_time(page) >= int(gap.end_time)
    page.wait_for_function(PLAYING)
    assert wall_times(page, ("yard",))[0] >= gap.end_time - 0.1
    page.keyboard.press("Space")
    # back into the gap: nothing to see, and the reason
    screen = page.get_by_role("article", name="Yard")
    for _ in range(4):
        page.keyboard.press("+")
    area = slider(page).bounding_box()
    assert area is not None
    page.wait_for_timeout(300)
    page.get_by_text(re.compile(r"^\d+ gaps?$")).click()
    page.get_by_role("button", name=re.compile("Yard: .*recording was switched off")).last.click()
    assert shown_time(page) < gap.start_time
    page.keyboard.press("ArrowRight")
    assert shown_time(page) == pytest.approx(middle, abs=GAP_S)
    expect(screen).to_contain_text(re.compile("No footage from .*: recording was switched off"))
    expect(slider(page)).to_have_attribute(
        "aria-valuetext", re.compile("no footage, recording was switched off")
    )
    assert_accessible(page)


def test_scrubbing_shows_pictures_and_crosses_the_gap(page: Page, gap: Gap) -> None:
    page.goto(f"/recordings?camera=yard&time={gap.start_time - 5:.2f}")
    page.wait_for_function(PLAYING)
    page.keyboard.press("Space")
    for _ in range(9):
        page.keyboard.press("+")  # two minutes
    box = slider(page).bounding_box()
    assert box is not None
    head = page.locator("[class*=playhead]").bounding_box()
    assert head is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(head["x"] + 1, y)
    page.mouse.down()
    page.mouse.move(head["x"] - 10, y, steps=3)
    picture = page.get_by_role("img", name="Picture of Yard")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-camera] img')?.naturalWidth > 100")
    before = shown_time(page)
    second_px = box["width"] / 120
    page.mouse.move(head["x"] + (5 + GAP_S + 8) * second_px, y, steps=12)
    assert shown_time(page) > gap.end_time > before
    page.mouse.up()
    expect(picture).to_have_count(0)
    wait_for(lambda: abs(wall_times(page, ("yard",))[0] - shown_time(page)) <= 1.1, 30, "seek")


def test_two_fingers_zoom_and_one_points(picket: Picket, browser: Browser, gap: Gap) -> None:
    with watched_page(browser, picket.url(""), has_touch=True) as page:
        page.goto(f"/recordings?camera=street&time={gap.start_time - 5:.2f}")
        page.wait_for_function(PLAYING)
        page.keyboard.press("Space")
        page.wait_for_function(SETTLED)
        before, axis = shown_time(page), page.locator("[class*=axis] span")
        day = axis.all_inner_texts()
        box = slider(page).bounding_box()
        assert box is not None
        hand = page.context.new_cdp_session(page)
        y, middle = box["y"] + box["height"] / 2, box["x"] + box["width"] / 2
        touch(hand, "touchStart", (middle - 40, y))
        touch(hand, "touchStart", (middle - 40, y), (middle + 40, y))
        for reach in (80, 160, 240, 320):
            touch(hand, "touchMove", (middle - reach, y), (middle + reach, y))
        touch(hand, "touchEnd", (middle - 320, y))
        touch(hand, "touchMove", (middle - 300, y))
        touch(hand, "touchEnd")
        expect(axis.first).not_to_have_text(day[0])
        assert hours(axis.all_inner_texts()) <= 3
        assert shown_time(page) == before  # not even by the finger that came first
        touch(hand, "touchStart", (middle + 100, y))
        touch(hand, "touchEnd")
        expect(slider(page)).not_to_have_attribute("aria-valuenow", str(int(before)))


def touch(hand: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    """Lay these fingers on the page.

    Source: https://chromedevtools.github.io/devtools-protocol/tot/Input/
    """
    fingers = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


def hours(axis: list[str]) -> float:
    """Between the first and the last time of an axis."""
    (first, begun), (last, over) = (map(int, axis[n].split(":")) for n in (0, -1))
    return last - first + (over - begun) / 60


def test_fast_playing_shows_single_pictures(page: Page, gap: Gap) -> None:
    page.goto(f"/recordings?camera=street&time={gap.start_time - 8:.2f}")
    page.wait_for_function(PLAYING)
    page.get_by_role("combobox", name="Speed").select_option("8")
    expect(page.get_by_role("img", name="Picture of Street")).to_be_visible()
    before = shown_time(page)
    page.wait_for_timeout(1500)
    assert shown_time(page) >= before + 8
    page.get_by_role("combobox", name="Speed").select_option("1")
    expect(page.get_by_role("img", name="Picture of Street")).to_have_count(0)
    page.wait_for_function(PLAYING)


def test_everything_goes_by_keyboard(page: Page, gap: Gap) -> None:
    page.goto(f"/recordings?camera=street&time={gap.start_time:.2f}")
    page.wait_for_function(PLAYING)
    slider(page).focus()
    page.keyboard.press("Space")
    page.wait_for_function(SETTLED)
    start = wall_times(page, ("street",))[0]
    page.keyboard.press(".")
    page.wait_for_function(SETTLED)
    step = wall_times(page, ("street",))[0] - start
    assert 0 < step < 0.2
    page.keyboard.press("ArrowLeft")
    assert shown_time(page) == pytest.approx(start + step - 10, abs=1)
    page.keyboard.press(">")
    expect(page.get_by_role("combobox", name="Speed")).to_have_value("2")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("[")
    expect(page.get_by_role("article", name="Street")).to_contain_text("No footage")
    page.keyboard.press("]")
    page.wait_for_function(SETTLED)
    expect(page).to_have_url(re.compile(rf"camera=street&time={int(start) // 100}"))


def test_a_range_is_exported_and_plays(page: Page, picket: Picket, gap: Gap, tmp_path: Any) -> None:
    page.goto(f"/recordings?camera=street&time={gap.start_time:.2f}")
    page.wait_for_function(PLAYING)
    page.keyboard.press("Space")
    page.keyboard.press("i")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    bar = page.get_by_role("region", name="Export a range")
    expect(bar).to_contain_text("0:10 long")
    shots(page, "recordings-range")
    bar.get_by_role("textbox", name="Name").fill("street_test")
    bar.get_by_role("button", name="Save").click()
    expect(bar.get_by_role("listitem")).to_contain_text(re.compile(r"[MK]B"), timeout=30_000)
    assert_accessible(page)
    bar.get_by_role("link", name="All exports").click()
    card = page.get_by_role("listitem", name="street_test")
    card.get_by_role("button", name="Play street_test").click()
    page.wait_for_function("() => document.querySelector('[role=dialog] video')?.currentTime > 0.3")
    page.keyboard.press("Escape")
    shots(page, "exports")
    assert_accessible(page)
    file = tmp_path / "export.mp4"
    file.write_bytes(picket.fetch("/exports/street_test.mp4")[1])
    assert probe_errors(file) == ""
    assert decode_errors(file) == ""


def test_exports_are_renamed_and_deleted_with_undo(page: Page, picket: Picket, gap: Gap) -> None:
    start = int(gap.start_time)
    address = f"/api/export/street/start/{start - 5}/end/{start}"
    assert page.request.post(address, data={"name": "mine"}).ok

    def names() -> set[str]:
        return {one["name"] for one in picket.json("/api/exports") if one["state"] == "done"}

    wait_for(lambda: "mine" in names(), 30, "the export")
    page.goto("/exports")
    card = page.get_by_role("listitem", name="mine")
    card.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="Name").fill("yours")
    page.get_by_role("button", name="Save").click()
    renamed = page.get_by_role("listitem", name="yours")
    expect(renamed).to_be_visible()
    renamed.get_by_role("button", name="Delete").click()
    expect(renamed).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(renamed).to_be_visible()
    renamed.get_by_role("button", name="Delete").click()
    wait_for(lambda: "yours" not in names(), 20, "the end of the time to undo")


def test_the_page_looks_well(page: Page, gap: Gap) -> None:
    page.goto(f"/recordings?camera=street,yard&time={gap.start_time - 6:.2f}")
    page.wait_for_function(PLAYING)
    page.keyboard.press("Space")
    page.wait_for_function(SETTLED)
    for _ in range(6):
        page.keyboard.press("+")
    page.wait_for_timeout(500)
    shots(page, "recordings")
    assert_accessible(page)
    page.get_by_role("button", name="Day: ").click()
    expect(page.get_by_role("button", name=re.compile("has footage"))).to_be_visible()
    assert_accessible(page)
