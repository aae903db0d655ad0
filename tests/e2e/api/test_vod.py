"""HLS of an hour, an event and any range, as ffmpeg and a strict reader see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.api.scene import Scene
from tests.support.servers import decode_errors, wait_for

HOUR = "GET /vod/{month}/{day}/{hour}/{camera}/{name}"
ZONED_HOUR = "GET /vod/{month}/{day}/{hour}/{camera}/{timezone}/{name}"
EVENT = "GET /vod/event/{event_id}/{name}"
RANGE = "GET /vod/{camera}/start/{start}/end/{end}/{name}"
PLAYLIST = "application/vnd.apple.mpegurl"


def hour_of(time: float, zone: str | None) -> str:
    """`2024-01/15/12`, in the server's own zone without one."""
    moment = datetime.fromtimestamp(time, UTC)
    local = moment.astimezone(ZoneInfo(zone) if zone else None)
    return f"{local:%Y-%m/%d/%H}"


def addresses(text: str) -> list[str]:
    lines = text.splitlines()
    return [
        *re.findall(r'URI="([^"]+)"', text),
        *(line for line in lines if line and not line.startswith("#")),
    ]


def everything_named(scene: Scene, url: str) -> Iterator[tuple[str, str]]:
    """Address and content type of a playlist and all that it names, and what that names."""
    answer = scene.client.get(url)
    assert answer.status_code == 200, f"{url}: {answer.text}"
    yield url, answer.headers["content-type"]
    if answer.headers["content-type"] != PLAYLIST:
        assert answer.content
        return
    assert answer.headers["cache-control"] == "no-store"
    for address in addresses(answer.text):
        assert "/" not in address
        yield from everything_named(scene, f"{url.rsplit('/', 1)[0]}/{address}")


def forms(scene: Scene) -> list[str]:
    """Every form of a playlist for a closed segment or an ended event of the street."""
    event, row = scene.ended(), scene.segments("street")[0]
    start, end = row["start_time"], row["end_time"]
    return [
        f"/vod/{hour_of(start, None)}/street",
        f"/vod/{hour_of(start, 'UTC')}/street/utc",
        f"/vod/{hour_of(start, 'America/New_York')}/street/America,New_York",
        f"/vod/event/{event['id']}",
        f"/vod/street/start/{start}/end/{end}",
        f"/vod/street/start/{int(start)}/end/{int(end)}",
    ]


@pytest.mark.endpoint(HOUR)
@pytest.mark.endpoint(ZONED_HOUR)
@pytest.mark.endpoint(EVENT)
@pytest.mark.endpoint(RANGE)
def test_every_form_names_only_what_is_served_and_repeats_the_query(scene: Scene) -> None:
    for form in forms(scene):
        for name in ("master.m3u8", "index.m3u8"):
            served = list(everything_named(scene, f"{form}/{name}?authSig=T.x-y"))
            assert all(url.endswith("?authSig=T.x-y") for url, _ in served)
            kinds = [kind for _, kind in served]
            assert kinds.count(PLAYLIST) == (2 if name == "master.m3u8" else 1)
            assert kinds.count("video/mp4") >= 2  # an init segment and one of media


@pytest.mark.endpoint(HOUR)
@pytest.mark.endpoint(ZONED_HOUR)
@pytest.mark.endpoint(EVENT)
@pytest.mark.endpoint(RANGE)
def test_ffmpeg_decodes_every_form_without_a_complaint(scene: Scene) -> None:
    for form in forms(scene)[:1] + forms(scene)[3:5]:
        for name in ("master.m3u8", "index.m3u8"):
            assert decode_errors(scene.picket.url(f"{form}/{name}")) == ""


@pytest.mark.endpoint(RANGE)
def test_a_playlist_is_complete_and_as_long_as_its_segments(scene: Scene) -> None:
    rows = scene.segments("street")[-2:]  # the camera's clock settles in the first minute
    url = f"/vod/street/start/{rows[0]['start_time']}/end/{rows[-1]['end_time']}/index.m3u8"
    text = scene.client.get(url).text
    assert text.startswith("#EXTM3U\n")
    assert text.endswith("#EXT-X-ENDLIST\n")
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in text
    lengths = [float(found) for found in re.findall(r"#EXTINF:([\d.]+),", text)]
    expected = [row["end_time"] - row["start_time"] for row in rows]
    assert lengths == pytest.approx(expected, abs=0.5)


@pytest.mark.endpoint(EVENT)
def test_a_running_event_plays_up_to_now(scene: Scene) -> None:
    url = f"/vod/event/{scene.running()['id']}/index.m3u8"

    def seconds() -> float:
        text = scene.client.get(url).text
        assert text.endswith("#EXT-X-ENDLIST\n")
        return sum(map(float, re.findall(r"#EXTINF:([\d.]+),", text)))

    first = seconds()
    assert first > 0
    wait_for(lambda: seconds() > max(first, 10), 30, "a playlist that grows with its event")


@pytest.mark.endpoint(HOUR)
@pytest.mark.endpoint(ZONED_HOUR)
@pytest.mark.endpoint(EVENT)
@pytest.mark.endpoint(RANGE)
def test_nothing_recorded_is_not_found(scene: Scene) -> None:
    without = scene.create("parcel", {"include_recording": False})
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for path in (
        f"{yesterday:%Y-%m/%d/%H}/street",
        f"{yesterday:%Y-%m/%d/%H}/street/utc",
        "event/1.0-nobody",
        f"event/{without}",
        "street/start/100/end/200",
        "nobody/start/100/end/200",
    ):
        answer = scene.client.get(f"/vod/{path}/index.m3u8")
        assert answer.status_code == 404, path
        assert answer.json()["success"] is False
