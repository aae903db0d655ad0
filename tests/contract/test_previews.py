"""GET /api/<camera>/preview/<frame_time>.jpg."""

from __future__ import annotations

import pytest

from picket.domain.segment import Segment
from picket.media.jpeg import decode_picture
from picket.store.segments import put_segment
from tests.contract.conftest import Door
from tests.support.recordings import record, video_path

ROUTE = "GET /api/{camera}/preview/{frame_time}.jpg"


@pytest.fixture
def segment(door: Door) -> Segment:
    recorded = record(video_path("street_people_gt.mp4"), door.paths.recordings)
    for one in recorded.segments:
        put_segment(door.db, one)
    door.times[0] = recorded.segments[-1].end_time
    return recorded.segments[0]


@pytest.mark.endpoint(ROUTE, "h")
def test_it_is_a_small_picture(door: Door, segment: Segment) -> None:
    url = f"/api/front/preview/{segment.start_time + 2.5}.jpg"
    for query, shape in (("", (120, 209)), ("?h=72", (72, 125))):
        answer = door.client.get(url + query)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "image/jpeg"
        assert decode_picture(answer.content).shape[:2] == shape


@pytest.mark.endpoint(ROUTE)
def test_it_is_kept_for_ever_once_its_hour_is_past(door: Door, segment: Segment) -> None:
    url = f"/api/front/preview/{segment.start_time + 1}.jpg"
    first = door.client.get(url)
    assert first.headers["cache-control"] == "no-cache"
    known = door.client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert known.status_code == 304
    door.times[0] += 3600
    assert "immutable" in door.client.get(url).headers["cache-control"]


@pytest.mark.endpoint(ROUTE)
def test_the_same_keyframe_is_decoded_once(door: Door, segment: Segment) -> None:
    first = door.client.get(f"/api/front/preview/{segment.start_time}.jpg")
    (door.paths.recordings / segment.path).unlink()
    again = door.client.get(f"/api/front/preview/{segment.start_time + 0.5}.jpg")
    assert again.content == first.content
    assert door.client.get(f"/api/front/preview/{segment.start_time}.jpg?h=50").status_code == 404


@pytest.mark.endpoint(ROUTE)
def test_a_short_gap_shows_what_was_before_it_and_a_long_one_nothing(
    door: Door, segment: Segment
) -> None:
    end = int(door.times[0]) + 1
    assert door.client.get(f"/api/front/preview/{end + 30}.jpg").status_code == 200
    answer = door.client.get(f"/api/front/preview/{end + 90}.jpg")
    assert answer.status_code == 404
    assert "60 s" in answer.json()["message"]
    assert door.client.get(f"/api/front/preview/{segment.start_time - 1}.jpg").status_code == 404


@pytest.mark.endpoint(ROUTE, "h")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nobody/preview/1.jpg", 404),
        ("front/preview/noon.jpg", 400),
        ("front/preview/1.jpg?h=0", 400),
    ],
)
def test_what_is_none_is_refused(door: Door, path: str, status: int) -> None:
    answer = door.client.get(f"/api/{path}")
    assert (answer.status_code, answer.json()["success"]) == (status, False)
