"""What holds for every endpoint."""

from __future__ import annotations

import json

import pytest

from picket.store.events import put_event
from tests.contract.conftest import Door
from tests.support.index_samples import EVENT

JSON_PATHS = [
    "/api/config",
    "/api/stats",
    "/api/events",
    "/api/events/summary",
    f"/api/events/{EVENT.id}",
    "/api/timeline",
    "/api/labels",
    "/api/sub_labels",
    "/api/front/recordings",
    "/api/front/recordings/summary",
    "/api/recordings/storage",
    "/api/gaps",
    "/api/exports",
    "/api/front/ptz/info",
]


@pytest.mark.parametrize("path", JSON_PATHS)
def test_json_is_compact_sorted_ascii_and_never_cached(door: Door, path: str) -> None:
    put_event(door.db, EVENT)
    answer = door.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    again = json.dumps(answer.json(), sort_keys=True, separators=(",", ":")) + "\n"
    assert answer.content == again.encode("ascii")


@pytest.mark.parametrize("path", JSON_PATHS)
def test_a_get_with_a_json_body_is_answered(door: Door, path: str) -> None:
    put_event(door.db, EVENT)
    answer = door.client.request("GET", path, json={})
    assert answer.status_code == 200


@pytest.mark.parametrize("body", [b"{", b"\xff\x00", b"subLabel=ann", b"[" * 50_000])
def test_a_body_that_nobody_reads_may_be_anything(door: Door, body: bytes) -> None:
    put_event(door.db, EVENT)
    for method, path in (
        ("GET", "/api/events"),
        ("GET", f"/api/events/{EVENT.id}"),
        ("POST", f"/api/events/{EVENT.id}/retain"),
        ("DELETE", f"/api/events/{EVENT.id}/retain"),
        ("DELETE", f"/api/events/{EVENT.id}"),
    ):
        assert door.client.request(method, path, content=body).status_code == 200


@pytest.mark.parametrize("path", [*JSON_PATHS, "/api/version", "/api/front", "/api/"])
def test_head_has_the_headers_of_get_and_no_body(door: Door, path: str) -> None:
    put_event(door.db, EVENT)
    answer = door.client.request("HEAD", path)
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["content-type"]


def test_options_tells_what_is_possible(door: Door) -> None:
    answer = door.client.request("OPTIONS", "/api/events")
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_options_works_wherever_something_is_served(door: Door) -> None:
    paths = door.client.get("/api/openapi.json").json()["paths"]
    for path, methods in paths.items():
        answer = door.client.request("OPTIONS", path)
        assert answer.status_code == 200, path
        wanted = {method.upper() for method in methods} | {"OPTIONS"}
        assert wanted <= set(answer.headers["allow"].split(", ")), path
        assert ("GET" in wanted) <= ("HEAD" in answer.headers["allow"]), path


@pytest.mark.endpoint("GET /api/events", "limit", "time_range")
@pytest.mark.endpoint("GET /api/events/summary", "timezone")
@pytest.mark.endpoint("GET /api/events/{event_id}")
@pytest.mark.endpoint("GET /api/{camera}", "fps")
@pytest.mark.endpoint("GET /api/{camera}/latest.jpg", "h")
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nobody", 404),
        ("GET", "/api/events/", 404),
        ("GET", "/api/events/1.0-nobody", 404),
        ("GET", "/somewhere", 404),
        ("POST", "/api/events", 405),
        ("DELETE", "/api/version", 405),
        ("GET", "/api/events?limit=many", 400),
        ("GET", "/api/events?limit=", 400),
        ("GET", "/api/front/latest.jpg?h=tall", 400),
        ("GET", "/api/front/latest.jpg?h=0", 400),
        ("GET", "/api/front?fps=0", 400),
        ("GET", "/api/events/summary?timezone=Nowhere", 400),
        ("GET", "/api/events?time_range=morning", 400),
    ],
)
def test_every_refusal_is_the_same_json(door: Door, method: str, path: str, status: int) -> None:
    answer = door.client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert body.keys() == {"success", "message"}
    assert body["success"] is False
    assert body["message"]


@pytest.mark.endpoint("GET /api/events", "limit")
def test_a_refused_value_is_named(door: Door) -> None:
    message = door.client.get("/api/events?limit=many").json()["message"]
    assert message.startswith("limit: ")


@pytest.mark.endpoint("GET /api/stats")
def test_a_fault_of_ours_shows_no_traceback(door: Door) -> None:
    door.live.statuses = None  # type: ignore[assignment]
    answer = door.client.get("/api/stats")
    assert answer.status_code == 500
    assert answer.json() == {
        "success": False,
        "message": "Internal error: the log has the details",
    }


@pytest.mark.endpoint("GET /api/version")
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_a_foreign_page_is_refused(door: Door, method: str) -> None:
    answer = door.client.request(method, "/api/version", headers={"Origin": "http://evil"})
    assert answer.status_code == 401
    assert answer.json() == {"success": False, "message": "Missing CSRF header"}
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.endpoint("GET /api/version")
def test_our_own_page_is_answered(door: Door) -> None:
    headers = {"Origin": "http://nvr", "X-CSRF-TOKEN": "1", "X-CACHE-BYPASS": "1"}
    assert door.client.get("/api/version", headers=headers).status_code == 200


@pytest.mark.endpoint("GET /clips/{name}")
def test_pictures_outside_the_api_may_be_shown_anywhere(door: Door) -> None:
    (door.paths.clips / "front-1.jpg").write_bytes(b"jpeg")
    answer = door.client.get("/clips/front-1.jpg", headers={"Origin": "http://elsewhere"})
    assert answer.status_code == 200


@pytest.mark.endpoint("GET /api/events")
@pytest.mark.endpoint("GET /api/version")
@pytest.mark.parametrize("path", ["/api/version", "/api/events", "/somewhere"])
def test_no_answer_invites_guesses_or_strangers(door: Door, path: str) -> None:
    answer = door.client.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not [name for name in answer.headers if name.startswith("access-control")]
