"""GET /api/<camera>/recordings/<frame_time>/snapshot.png."""

from __future__ import annotations

import pytest

from picket.domain.segment import Segment
from picket.media.jpeg import decode_picture
from picket.store.segments import put_segment
from tests.contract.conftest import Door
from tests.support.recordings import record, video_path


@pytest.fixture
def segment(door: Door) -> Segment:
    recorded = record(video_path("street_people_gt.mp4"), door.paths.recordings)
    for one in recorded.segments:
        put_segment(door.db, one)
    return recorded.segments[0]


@pytest.mark.endpoint("GET /api/{camera}/recordings/{frame_time}/snapshot.png")
def test_a_recorded_instant_is_a_picture_in_full_resolution(door: Door, segment: Segment) -> None:
    answer = door.client.get(f"/api/front/recordings/{segment.start_time + 2.5}/snapshot.png")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert decode_picture(answer.content).shape == (360, 626, 3)


@pytest.mark.endpoint("GET /api/{camera}/recordings/{frame_time}/snapshot.png")
def test_a_picture_that_the_client_has_is_not_sent_again(door: Door, segment: Segment) -> None:
    url = f"/api/front/recordings/{segment.start_time + 1}/snapshot.png"
    first = door.client.get(url, headers={"Accept-Encoding": "gzip"})
    assert "cache-control" not in first.headers
    assert "content-encoding" not in first.headers
    known = door.client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    other = f"/api/front/recordings/{segment.start_time + 4}/snapshot.png"
    assert door.client.get(other).headers["etag"] != first.headers["etag"]


@pytest.mark.endpoint("GET /api/{camera}/recordings/{frame_time}/snapshot.png")
def test_whole_seconds_are_instants_too(door: Door, segment: Segment) -> None:
    time = int(segment.start_time) + 1
    assert door.client.get(f"/api/front/recordings/{time}/snapshot.png").status_code == 200


@pytest.mark.endpoint("GET /api/{camera}/recordings/{frame_time}/snapshot.png")
def test_an_instant_without_footage_is_not_found(door: Door, segment: Segment) -> None:
    for time in (segment.start_time - 1, segment.end_time + 60):
        answer = door.client.get(f"/api/front/recordings/{time}/snapshot.png")
        assert answer.status_code == 404
        assert answer.json()["message"] == f"Recording not found at {time}"


@pytest.mark.endpoint("GET /api/{camera}/recordings/{frame_time}/snapshot.png")
def test_a_recording_whose_file_is_gone_is_not_found(door: Door, segment: Segment) -> None:
    (door.paths.recordings / segment.path).unlink()
    answer = door.client.get(f"/api/front/recordings/{segment.start_time}/snapshot.png")
    assert answer.status_code == 404


@pytest.mark.endpoint("GET /api/{camera}/recordings/{frame_time}/snapshot.png")
def test_an_unknown_camera_is_not_found(door: Door, segment: Segment) -> None:
    answer = door.client.get(f"/api/nowhere/recordings/{segment.start_time}/snapshot.png")
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Camera not found"}


@pytest.mark.endpoint("GET /api/{camera}/recordings/{frame_time}/snapshot.png")
@pytest.mark.parametrize("time", ["noon", "nan", "-1"])
def test_what_is_no_instant_is_refused(door: Door, time: str) -> None:
    assert door.client.get(f"/api/front/recordings/{time}/snapshot.png").status_code == 400
