"""GET /vod/...: three ways to name footage, and what the playlists name."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from picket.domain.segment import Segment
from picket.media.fmp4 import read_fragment
from picket.store.events import put_event
from picket.store.segments import delete_segments, put_segment
from tests.contract.conftest import Door
from tests.support.index_samples import NOON, make_event
from tests.support.packets import STREAM_WITH_SOUND, WALL, with_sound
from tests.support.recordings import record_packets

assert NOON == WALL

RANGE = f"/vod/front/start/{int(NOON)}/end/{int(NOON) + 25}"
EVENT = make_event(end_time=NOON + 12.5)


@pytest.fixture
def segments(door: Door) -> list[Segment]:
    rows = record_packets(STREAM_WITH_SOUND, with_sound(25), door.paths.recordings).segments
    for row in rows:
        put_segment(door.db, row)
    put_event(door.db, EVENT)
    return rows


def addresses(playlist: str) -> list[str]:
    return [line for line in playlist.splitlines() if not line.startswith("#")]


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
@pytest.mark.parametrize("name", ["index.m3u8", "index-v1.m3u8", "index-v1-a1.m3u8"])
def test_a_range_is_one_entry_per_segment(door: Door, segments: list[Segment], name: str) -> None:
    answer = door.client.get(f"{RANGE}/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert answer.headers["cache-control"] == "no-store"
    assert addresses(answer.text) == [
        f"seg-0-10-{segments[0].id}-v1.m4s",
        f"seg-900000-10-{segments[1].id}-v1.m4s",
        f"seg-1800000-5-{segments[2].id}-v1.m4s",
    ]
    assert answer.text.endswith("#EXT-X-ENDLIST\n")


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_a_playlist_is_never_older_than_the_index(door: Door, segments: list[Segment]) -> None:
    url = f"{RANGE}/index.m3u8"
    first = door.client.get(url).text
    assert door.client.get(url).text == first
    shorter = replace(segments[2], fragments=segments[2].fragments[:3])
    put_segment(door.db, shorter)
    assert addresses(door.client.get(url).text)[-1] == f"seg-1800000-3-{shorter.id}-v1.m4s"
    delete_segments(door.db, [segments[0].id, shorter.id])
    assert addresses(door.client.get(url).text) == [f"seg-0-10-{segments[1].id}-v1.m4s"]
    delete_segments(door.db, [segments[1].id])
    assert door.client.get(url).status_code == 404


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_times_may_have_fractions(door: Door, segments: list[Segment]) -> None:
    url = f"/vod/front/start/{NOON + 10.5}/end/{NOON + 12.5}/index.m3u8"
    assert addresses(door.client.get(url).text) == [f"seg-0-3-{segments[1].id}-v1.m4s"]


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_the_master_playlist_names_the_variant(door: Door, segments: list[Segment]) -> None:
    text = door.client.get(f"{RANGE}/master.m3u8?authSig=abc").text
    assert addresses(text) == ["index-v1.m3u8?authSig=abc"]
    assert 'RESOLUTION=1280x720,FRAME-RATE=10.000,CODECS="avc1.64001F,mp4a.40.2"' in text


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_the_query_string_is_repeated(door: Door, segments: list[Segment]) -> None:
    text = door.client.get(f"{RANGE}/index.m3u8?authSig=a.b-c&x=%22").text
    assert all(line.endswith("?authSig=a.b-c&x=%22") for line in addresses(text))


@pytest.mark.endpoint("GET /vod/{month}/{day}/{hour}/{camera}/{timezone}/{name}")
@pytest.mark.parametrize(
    "url",
    [
        "/vod/2024-01/15/12/front/utc/master.m3u8",
        "/vod/2024-01/15/12/front/utc/index.m3u8",
        "/vod/2024-01/15/07/front/America,New_York/index.m3u8",
        "/vod/2024-01/15/13/front/Europe,Berlin/index.m3u8",
    ],
)
def test_an_hour_is_local_to_its_zone(door: Door, segments: list[Segment], url: str) -> None:
    assert door.client.get(url).status_code == 200


@pytest.mark.endpoint("GET /vod/{month}/{day}/{hour}/{camera}/{name}")
def test_an_hour_without_a_zone_is_the_servers(
    door: Door, segments: list[Segment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert door.client.get("/vod/2024-01/15/21/front/index.m3u8").status_code == 200
        assert door.client.get("/vod/2024-01/15/12/front/index.m3u8").status_code == 404
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.endpoint("GET /vod/event/{event_id}/{name}")
def test_an_event_is_trimmed_to_its_end(door: Door, segments: list[Segment]) -> None:
    text = door.client.get(f"/vod/event/{EVENT.id}/index.m3u8").text
    assert addresses(text) == [
        f"seg-0-10-{segments[0].id}-v1.m4s",
        f"seg-900000-3-{segments[1].id}-v1.m4s",
    ]


@pytest.mark.endpoint("GET /vod/event/{event_id}/{name}")
def test_a_running_event_lasts_until_now(door: Door, segments: list[Segment]) -> None:
    running = replace(EVENT, id=f"{NOON}-runnin", end_time=None)
    put_event(door.db, running)
    door.times[0] = NOON + 20.5
    text = door.client.get(f"/vod/event/{running.id}/index.m3u8").text
    assert addresses(text)[-1] == f"seg-1800000-1-{segments[2].id}-v1.m4s"


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_everything_that_is_named_is_served(door: Door, segments: list[Segment]) -> None:
    text = door.client.get(f"{RANGE}/index.m3u8").text
    (init,) = [line.split('"')[1] for line in text.splitlines() if "EXT-X-MAP" in line]
    answer = door.client.get(f"{RANGE}/{init}")
    assert answer.headers["content-type"] == "video/mp4"
    assert len(answer.content) == segments[0].init_size
    expected = 0
    for address in addresses(text):
        body = door.client.get(f"{RANGE}/{address}").content
        assert read_fragment(body).runs[0].decode_time == expected
        expected += 900_000


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_parts_have_ranges_and_etags(door: Door, segments: list[Segment]) -> None:
    url = f"{RANGE}/seg-0-10-{segments[0].id}-v1.m4s"
    whole = door.client.get(url)
    part = door.client.get(url, headers={"Range": "bytes=5-14"})
    assert (part.status_code, part.content) == (206, whole.content[5:15])
    known = door.client.get(url, headers={"If-None-Match": whole.headers["etag"]})
    assert known.status_code == 304


@pytest.mark.endpoint("GET /vod/event/{event_id}/{name}")
@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
@pytest.mark.endpoint("GET /vod/{month}/{day}/{hour}/{camera}/{timezone}/{name}")
@pytest.mark.parametrize(
    "path",
    [
        "/vod/front/start/100/end/200/index.m3u8",
        "/vod/nobody/start/{start}/end/{end}/index.m3u8",
        "/vod/event/1.0-nobody/master.m3u8",
        "/vod/2023-01/15/12/front/utc/index.m3u8",
        "/vod/front/start/{start}/end/{end}/init-v1-1.0-aaaaaa.mp4",
        "/vod/front/start/{start}/end/{end}/seg-0-99-{id}-v1.m4s",
        "/vod/back/start/{start}/end/{end}/seg-0-1-{id}-v1.m4s",
    ],
)
def test_nothing_there_is_not_found(door: Door, segments: list[Segment], path: str) -> None:
    url = path.format(start=int(NOON), end=int(NOON) + 25, id=segments[0].id)
    answer = door.client.get(url)
    assert answer.status_code == 404
    assert answer.json()["success"] is False
    assert answer.json()["message"]


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
@pytest.mark.endpoint("GET /vod/{month}/{day}/{hour}/{camera}/{name}")
@pytest.mark.endpoint("GET /vod/{month}/{day}/{hour}/{camera}/{timezone}/{name}")
@pytest.mark.parametrize(
    "path",
    [
        "/vod/front/start/200/end/100/index.m3u8",
        "/vod/front/start/nan/end/100/index.m3u8",
        "/vod/front/start/0/end/9999999999/index.m3u8",
        "/vod/2024-13/15/12/front/utc/index.m3u8",
        "/vod/2024-01/15/25/front/index.m3u8",
        "/vod/nonsense/15/12/front/index.m3u8",
        "/vod/2024-01/15/12/front/Nowhere,Land/index.m3u8",
        "/vod/front/start/1/end/2/seg-1-v1.ts",
    ],
)
def test_what_cannot_be_answered_is_refused(door: Door, path: str) -> None:
    answer = door.client.get(path)
    assert answer.status_code == 400
    assert answer.json()["success"] is False


@pytest.mark.endpoint("GET /vod/event/{event_id}/{name}")
def test_an_event_without_a_clip_has_no_playlist(door: Door) -> None:
    put_event(door.db, replace(EVENT, has_clip=False))
    assert door.client.get(f"/vod/event/{EVENT.id}/index.m3u8").status_code == 404


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_a_file_that_is_gone_is_not_found(door: Door, segments: list[Segment]) -> None:
    (door.paths.recordings / segments[0].path).unlink()
    assert door.client.get(f"{RANGE}/index.m3u8").status_code == 200
    assert door.client.get(f"{RANGE}/seg-0-10-{segments[0].id}-v1.m4s").status_code == 404


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_a_path_in_the_index_cannot_lead_out(door: Door, segments: list[Segment]) -> None:
    secret = door.paths.media / "secret.mp4"
    secret.write_bytes(bytes(100_000))
    evil = replace(segments[0], id=f"{NOON}-evil00", path="../secret.mp4")
    put_segment(door.db, evil)
    assert door.client.get(f"{RANGE}/init-v1-{evil.id}.mp4").status_code == 404
