"""GET .../clip.mp4: events and time ranges as one file."""

from __future__ import annotations

import io
from dataclasses import replace

import av
import pytest

from picket.domain.segment import Segment
from picket.store.events import put_event
from picket.store.segments import put_segment
from tests.contract.conftest import Door
from tests.support.index_samples import NOON, make_event
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.recordings import record_packets

CLIP = f"/api/front/start/{int(NOON)}/end/{int(NOON) + 25}/clip.mp4"
EVENT = make_event(start_time=NOON + 3.5, end_time=NOON + 12.5)


@pytest.fixture
def segments(door: Door) -> list[Segment]:
    rows = record_packets(STREAM_WITH_SOUND, with_sound(25), door.paths.recordings).segments
    for row in rows:
        put_segment(door.db, row)
    put_event(door.db, EVENT)
    return rows


def pictures(data: bytes) -> int:
    with av.open(io.BytesIO(data), "r") as source:
        return sum(packet.size > 0 for packet in source.demux(source.streams.video[0]))


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
def test_a_range_is_one_file(door: Door, segments: list[Segment]) -> None:
    answer = door.client.get(CLIP)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "content-disposition" not in answer.headers
    assert pictures(answer.content) == 250


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
def test_times_may_have_fractions(door: Door, segments: list[Segment]) -> None:
    url = f"/api/front/start/{NOON + 2.5}/end/{NOON + 4.5}/clip.mp4"
    assert pictures(door.client.get(url).content) == 30


@pytest.mark.endpoint("GET /api/events/{event_id}/clip.mp4")
def test_an_event_is_cut_at_its_keyframes(door: Door, segments: list[Segment]) -> None:
    answer = door.client.get(f"/api/events/{EVENT.id}/clip.mp4")
    assert pictures(answer.content) == 100  # 3.0 to 13.0


@pytest.mark.endpoint("GET /api/events/{event_id}/clip.mp4")
def test_a_running_event_lasts_until_now(door: Door, segments: list[Segment]) -> None:
    put_event(door.db, replace(EVENT, id=f"{NOON}-runnin", end_time=None))
    door.times[0] = NOON + 8
    answer = door.client.get(f"/api/events/{NOON}-runnin/clip.mp4")
    assert pictures(answer.content) == 50


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=5000-", 5000, None), ("bytes=-100", -100, None)],
)
def test_a_range_of_bytes_is_that_part(
    door: Door, segments: list[Segment], wanted: str, start: int, end: int | None
) -> None:
    whole = door.client.get(CLIP).content
    answer = door.client.get(CLIP, headers={"Range": wanted})
    assert answer.status_code == 206
    assert answer.content == whole[start:end]
    first = start % len(whole)
    last = (end or len(whole)) - 1
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(whole)}"
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=-0", "bytes=5-4"])
def test_a_range_that_does_not_exist_is_refused(
    door: Door, segments: list[Segment], wanted: str
) -> None:
    answer = door.client.get(CLIP, headers={"Range": wanted})
    assert answer.status_code == 416
    assert answer.headers["content-range"].startswith("bytes */")


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "pages=1-2", "bytes"])
def test_a_range_of_another_kind_is_ignored(
    door: Door, segments: list[Segment], wanted: str
) -> None:
    assert door.client.get(CLIP, headers={"Range": wanted}).status_code == 200


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
def test_a_part_is_only_continued_when_the_clip_is_the_same(
    door: Door, segments: list[Segment]
) -> None:
    etag = door.client.get(CLIP).headers["etag"]
    same = door.client.get(CLIP, headers={"Range": "bytes=0-9", "If-Range": etag})
    other = door.client.get(CLIP, headers={"Range": "bytes=0-9", "If-Range": '"older"'})
    assert (same.status_code, other.status_code) == (206, 200)
    known = door.client.get(CLIP, headers={"If-None-Match": etag})
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
def test_head_tells_the_size_without_the_bytes(door: Door, segments: list[Segment]) -> None:
    whole = door.client.get(CLIP)
    head = door.client.request("HEAD", CLIP)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4", "download")
@pytest.mark.parametrize("flag", ["1", "true", "0"])
def test_download_makes_a_file_of_it(door: Door, segments: list[Segment], flag: str) -> None:
    answer = door.client.get(f"{CLIP}?download={flag}")
    name = f"clip_front_{int(NOON)}-{int(NOON) + 25}.mp4"
    assert answer.headers["content-disposition"] == f"attachment; filename={name}"


@pytest.mark.endpoint("GET /api/events/{event_id}/clip.mp4", "download")
def test_a_downloaded_event_is_named_after_its_range(door: Door, segments: list[Segment]) -> None:
    answer = door.client.get(f"/api/events/{EVENT.id}/clip.mp4?download=true")
    name = f"clip_front_{int(NOON) + 3}-{int(NOON) + 12}.mp4"
    assert answer.headers["content-disposition"] == f"attachment; filename={name}"


@pytest.mark.endpoint("GET /api/events/{event_id}/clip.mp4")
@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
@pytest.mark.parametrize(
    "path",
    [
        "/api/front/start/100/end/200/clip.mp4",
        "/api/nobody/start/{start}/end/{end}/clip.mp4",
        "/api/events/1.0-nobody/clip.mp4",
    ],
)
def test_nothing_there_is_not_found(door: Door, segments: list[Segment], path: str) -> None:
    answer = door.client.get(path.format(start=int(NOON), end=int(NOON) + 25))
    assert answer.status_code == 404
    assert answer.json()["success"] is False


@pytest.mark.endpoint("GET /api/events/{event_id}/clip.mp4")
def test_an_event_without_a_clip_is_not_found(door: Door) -> None:
    put_event(door.db, replace(EVENT, has_clip=False))
    assert door.client.get(f"/api/events/{EVENT.id}/clip.mp4").status_code == 404
