"""DELETE of events, retain, sub_label, plus and false_positive."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from picket.domain.event import Event
from picket.ipc.changes import SetSubLabel
from picket.store.events import find_event, put_event
from picket.store.timeline import add_timeline, find_timeline
from tests.contract.conftest import Door
from tests.support.index_samples import EVENT, MOMENT, make_event

URL = f"/api/events/{EVENT.id}"


@pytest.fixture(autouse=True)
def _known(door: Door) -> None:
    put_event(door.db, EVENT)
    add_timeline(door.db, MOMENT)


def row(door: Door) -> Event:
    event = find_event(door.db, EVENT.id)
    assert event is not None
    return event


def assert_done(answer: httpx.Response) -> None:
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body.keys() == {"success", "message"}
    assert body["success"] is True
    assert body["message"]


def assert_refused(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status
    body: dict[str, Any] = answer.json()
    assert body.keys() == {"success", "message"}
    assert body["success"] is False
    return str(body["message"])


@pytest.mark.endpoint("DELETE /api/events/{event_id}")
def test_a_deleted_event_is_gone_with_its_moments_and_pictures(door: Door) -> None:
    other = make_event(7)
    put_event(door.db, other)
    names = [f"front-{EVENT.id}.jpg", f"front-{EVENT.id}-clean.png"]
    for name in (*names, f"front-{other.id}.jpg"):
        (door.paths.clips / name).write_bytes(b"picture")
    assert_done(door.client.request("DELETE", URL))
    assert door.client.get(URL).status_code == 404
    assert door.client.get("/api/timeline").json() == []
    assert find_timeline(door.db) == []
    assert [path.name for path in door.paths.clips.iterdir()] == [f"front-{other.id}.jpg"]
    assert [one["id"] for one in door.client.get("/api/events").json()] == [other.id]


@pytest.mark.endpoint("DELETE /api/events/{event_id}")
def test_an_event_without_files_can_be_deleted(door: Door) -> None:
    assert_done(door.client.request("DELETE", URL, json={}))
    assert find_event(door.db, EVENT.id) is None


@pytest.mark.endpoint("DELETE /api/events/{event_id}/retain")
@pytest.mark.endpoint("POST /api/events/{event_id}/retain")
def test_an_event_is_protected_and_released(door: Door) -> None:
    assert_done(door.client.request("POST", f"{URL}/retain"))
    assert door.client.get(URL).json()["retain_indefinitely"] is True
    assert [one["id"] for one in door.client.get("/api/events?favorites=1").json()] == [EVENT.id]
    assert_done(door.client.request("DELETE", f"{URL}/retain"))
    assert door.client.get(URL).json()["retain_indefinitely"] is False


@pytest.mark.endpoint(
    "POST /api/events/{event_id}/sub_label", "body.subLabel", "body.subLabelScore"
)
def test_a_sub_label_is_set_with_its_score(door: Door) -> None:
    body = {"subLabel": "ann", "subLabelScore": 0.79}
    assert_done(door.client.request("POST", f"{URL}/sub_label", json=body))
    shown = door.client.get(URL).json()
    assert shown["sub_label"] == "ann"
    assert shown["data"]["sub_label_score"] == 0.79
    assert door.commands.done == [SetSubLabel(EVENT.id, "ann", 0.79)]
    assert door.client.get("/api/sub_labels").json() == ["ann"]


@pytest.mark.endpoint(
    "POST /api/events/{event_id}/sub_label", "body.subLabel", "body.subLabelScore"
)
@pytest.mark.parametrize("score", [{}, {"subLabelScore": None}, {"subLabelScore": 0}])
def test_a_sub_label_may_have_no_score(door: Door, score: dict[str, object]) -> None:
    door.client.request("POST", f"{URL}/sub_label", json={"subLabel": "ann", **score})
    assert row(door).sub_label == "ann"
    assert row(door).data.sub_label_score is None


@pytest.mark.endpoint(
    "POST /api/events/{event_id}/sub_label", "body.subLabel", "body.subLabelScore"
)
@pytest.mark.parametrize("options", [{}, {"json": {}}, {"json": {"subLabel": ""}}])
def test_no_sub_label_takes_it_away(door: Door, options: dict[str, object]) -> None:
    body = {"subLabel": "ann", "subLabelScore": 0.5}
    door.client.request("POST", f"{URL}/sub_label", json=body)
    assert_done(door.client.request("POST", f"{URL}/sub_label", **options))
    assert row(door).sub_label is None
    assert row(door).data.sub_label_score is None


@pytest.mark.endpoint(
    "POST /api/events/{event_id}/sub_label", "body.subLabel", "body.subLabelScore"
)
def test_null_takes_the_sub_label_away(door: Door) -> None:
    door.client.request("POST", f"{URL}/sub_label", json={"subLabel": "ann"})
    body = {"subLabel": None, "subLabelScore": 0.9}
    assert_done(door.client.request("POST", f"{URL}/sub_label", json=body))
    assert (row(door).sub_label, row(door).data.sub_label_score) == (None, None)


@pytest.mark.endpoint("POST /api/events/{event_id}/sub_label", "body.subLabel")
def test_a_sub_label_of_a_hundred_letters_fits_and_one_more_does_not(door: Door) -> None:
    fitting, long = "ä" * 100, "b" * 101
    assert_done(door.client.request("POST", f"{URL}/sub_label", json={"subLabel": fitting}))
    answer = door.client.request("POST", f"{URL}/sub_label", json={"subLabel": long})
    assert assert_refused(answer, 400).startswith("subLabel: ")
    assert row(door).sub_label == fitting


@pytest.mark.endpoint(
    "POST /api/events/{event_id}/sub_label", "body.subLabel", "body.subLabelScore"
)
@pytest.mark.parametrize("score", [-0.01, 1.01, "high"])
def test_a_score_outside_of_0_to_1_is_refused(door: Door, score: object) -> None:
    body = {"subLabel": "ann", "subLabelScore": score}
    answer = door.client.request("POST", f"{URL}/sub_label", json=body)
    assert assert_refused(answer, 400).startswith("subLabelScore: ")
    assert row(door).sub_label is None


@pytest.mark.endpoint("POST /api/events/{event_id}/sub_label")
@pytest.mark.parametrize("body", [b"{", b"[1]", b"subLabel=ann"])
def test_a_body_that_is_no_json_object_is_refused(door: Door, body: bytes) -> None:
    assert_refused(door.client.request("POST", f"{URL}/sub_label", content=body), 400)
    assert door.commands.done == []


@pytest.mark.endpoint("POST /api/events/{event_id}/sub_label")
@pytest.mark.parametrize(
    ("body", "beginning"),
    [
        (b"[]", "the body: "),
        (b'"ann"', "the body: "),
        (b"1", "the body: "),
        (b'{"subLabel": ', "the body is not JSON: "),
        (b"subLabel=ann", "the body is not JSON: "),
        (b'{"subLabel": 1}', "subLabel: "),
    ],
)
def test_a_refused_body_is_told_by_name(door: Door, body: bytes, beginning: str) -> None:
    answer = door.client.request("POST", f"{URL}/sub_label", content=body)
    assert answer.json()["message"].startswith(beginning)


@pytest.mark.endpoint("POST /api/events/{event_id}/sub_label", "body.subLabel")
@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=X"]
)
def test_json_is_json_whatever_its_content_type_says(door: Door, kind: str | None) -> None:
    body, headers = b'{"subLabel": "ann"}', {} if kind is None else {"Content-Type": kind}
    assert_done(door.client.request("POST", f"{URL}/sub_label", content=body, headers=headers))
    assert row(door).sub_label == "ann"


@pytest.mark.endpoint("DELETE /api/events/{event_id}")
@pytest.mark.endpoint("DELETE /api/events/{event_id}/retain")
@pytest.mark.endpoint("POST /api/events/{event_id}/retain")
@pytest.mark.endpoint("POST /api/events/{event_id}/sub_label", "body.subLabel")
@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", ""), ("POST", "/retain"), ("DELETE", "/retain"), ("POST", "/sub_label")],
)
def test_an_unknown_event_is_not_found(door: Door, method: str, path: str) -> None:
    answer = door.client.request(method, f"/api/events/1.0-nobody{path}", json={"subLabel": "x"})
    assert "1.0-nobody" in assert_refused(answer, 404)


@pytest.mark.endpoint("DELETE /api/events/{event_id}")
@pytest.mark.endpoint("DELETE /api/events/{event_id}/retain")
@pytest.mark.endpoint("POST /api/events/{event_id}/retain")
@pytest.mark.endpoint("POST /api/events/{event_id}/sub_label", "body.subLabel")
@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", ""), ("POST", "/retain"), ("DELETE", "/retain"), ("POST", "/sub_label")],
)
def test_a_silent_keeper_is_told(door: Door, method: str, path: str) -> None:
    door.commands.is_silent = True
    assert_refused(door.client.request(method, URL + path, json={"subLabel": "x"}), 503)
    assert row(door) == EVENT


@pytest.mark.endpoint("POST /api/events/{event_id}/plus")
@pytest.mark.endpoint("PUT /api/events/{event_id}/false_positive")
@pytest.mark.parametrize(("method", "path"), [("POST", "/plus"), ("PUT", "/false_positive")])
def test_nothing_is_submitted_without_a_key(door: Door, method: str, path: str) -> None:
    answer = door.client.request(method, URL + path, json={"include_annotation": 1})
    message = assert_refused(answer, 400)
    assert message.startswith("PLUS_API_KEY environment variable is not set")
    assert row(door) == EVENT


def test_only_post_names_an_object(door: Door) -> None:
    answer = door.client.request("PUT", f"{URL}/sub_label", json={"subLabel": "x"})
    assert_refused(answer, 405)
    assert answer.headers["allow"] == "OPTIONS, POST"
