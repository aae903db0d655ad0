"""POST, PATCH and DELETE /api/export/..., and GET /api/exports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from picket.domain.export import Export, ExportState, Playback
from picket.store.exports import find_export, list_exports, put_export
from picket.store.segments import put_segment
from tests.contract.conftest import NOW, Door
from tests.support.index_samples import NOON, make_export, make_segment

RANGE = f"start/{int(NOON)}/end/{int(NOON) + 60}"
URL = f"/api/export/front/{RANGE}"
NAME = "front_2024_01_15_12_00__2024_01_15_12_01.mp4"
START = "POST /api/export/{camera}/start/{start}/end/{end}"
RENAME = "PATCH /api/export/{current}/{new}"
DELETE = "DELETE /api/export/{name}"
LIST = "GET /api/exports"


@pytest.fixture(autouse=True)
def _recorded(door: Door) -> None:
    put_segment(door.db, make_segment())


def refused(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body.keys() == {"success", "message"}
    assert body["success"] is False
    return str(body["message"])


def started(door: Door, url: str = URL, **options: Any) -> Export:
    """The row of an export that was accepted."""
    answer = door.client.request("POST", url, **options)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body.keys() == {"success", "message", "export_id"}
    assert body["success"] is True
    assert body["message"]
    row = find_export(door.db, body["export_id"])
    assert row is not None
    return row


def stored(door: Door, name: str = "porch.mp4", **changes: Any) -> Export:
    """A whole export with its file."""
    row = make_export(name=name, state=ExportState.DONE, progress=1.0, size_bytes=5, **changes)
    put_export(door.db, row)
    (door.paths.exports / name).write_bytes(b"video")
    return row


def names(door: Door) -> list[str]:
    return sorted(path.name for path in door.paths.exports.iterdir())


@pytest.mark.endpoint(START)
def test_an_export_is_queued_and_answered_at_once(door: Door) -> None:
    row = started(door)
    assert row == Export(
        id=row.id,
        camera="front",
        name=NAME,
        start_time=int(NOON),
        end_time=int(NOON) + 60,
        playback=Playback.REALTIME,
        created_time=NOW,
    )
    assert row.id.startswith(f"{NOW}-")


@pytest.mark.endpoint(START, "body.playback", "body.name")
@pytest.mark.parametrize(
    ("options", "playback"),
    [
        ({"json": {"playback": "realtime"}}, Playback.REALTIME),
        ({"json": {"playback": "timelapse_25x"}}, Playback.TIMELAPSE),
        ({"json": {"playback": "timelapse_25x", "name": None}}, Playback.TIMELAPSE),
        ({"json": {"playback": None, "source": "recordings", "image_path": ""}}, Playback.REALTIME),
        ({"json": {}}, Playback.REALTIME),
        ({"json": None}, Playback.REALTIME),
        ({"content": b"null"}, Playback.REALTIME),
        ({"content": b'{"playback": "timelapse_25x"}'}, Playback.TIMELAPSE),
        ({}, Playback.REALTIME),
    ],
)
def test_the_body_may_say_how_fast_it_plays(
    door: Door, options: dict[str, Any], playback: Playback
) -> None:
    assert started(door, **options).playback is playback


@pytest.mark.endpoint(START)
def test_times_may_have_fractions(door: Door) -> None:
    row = started(door, f"/api/export/front/start/{NOON + 1.5}/end/{NOON + 7.25}")
    assert (row.start_time, row.end_time) == (NOON + 1.5, NOON + 7.25)
    assert row.name == "front_2024_01_15_12_00__2024_01_15_12_00.mp4"


@pytest.mark.endpoint(START, "body.name")
@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("Ring at the door!", "Ring_at_the_door.mp4"),
        ("../../etc/passwd", "etc_passwd.mp4"),
        ("in_progress.x", "in_progress_x.mp4"),
        ("12:30-late_1", "12:30-late_1.mp4"),
        ("x" * 500, "x" * 150 + ".mp4"),
        ("", NAME),
        ("…", NAME),
    ],
)
def test_a_name_is_taken_as_far_as_it_can_be_a_file(door: Door, wish: str, name: str) -> None:
    assert started(door, json={"name": wish}).name == name


@pytest.mark.endpoint(START)
def test_nothing_is_overwritten(door: Door) -> None:
    (door.paths.exports / NAME).write_bytes(b"from an earlier program")
    found = [started(door).name for _ in range(2)]
    assert found == [NAME.replace(".mp4", f"_{n}.mp4") for n in (2, 3)]


@pytest.mark.endpoint(START)
def test_a_failed_export_gives_its_name_to_the_next(door: Door) -> None:
    put_export(door.db, make_export(name=NAME, state=ExportState.FAILED, error="no space"))
    row = started(door)
    assert row.name == NAME
    assert list_exports(door.db) == [row]


@pytest.mark.endpoint(START, "body.playback")
def test_an_unknown_playback_is_refused_with_the_choices(door: Door) -> None:
    message = refused(door.client.request("POST", URL, json={"playback": "timelapse_5x"}), 400)
    assert message.startswith("playback: ")
    assert "realtime" in message
    assert "timelapse_25x" in message
    assert list_exports(door.db) == []


@pytest.mark.endpoint(START, "body.playback")
@pytest.mark.parametrize(
    ("url", "body", "status", "told"),
    [
        (f"/api/export/nobody/{RANGE}", None, 404, "Camera not found"),
        (f"/api/export/back/{RANGE}", None, 400, "No recordings of back"),
        (f"/api/export/front/start/{NOON + 10}/end/{NOON + 60}", None, 400, "No recordings"),
        (f"/api/export/front/start/{NOON + 60}/end/{NOON}", None, 400, "before it starts"),
        (f"/api/export/front/start/{NOON}/end/{NOON}", None, 400, "empty"),
        (f"/api/export/front/start/0/end/{NOON}", None, 400, "at most 48 hours"),
        (
            f"/api/export/front/start/0/end/{NOON}",
            {"playback": "timelapse_25x"},
            400,
            "at most 168 hours",
        ),
        ("/api/export/front/start/yesterday/end/now", None, 400, "start: "),
        ("/api/export/front/start/nan/end/inf", None, 400, "start: "),
        (URL, [1], 400, "valid"),
        (URL, {"name": 5}, 400, "name: "),
    ],
)
def test_what_cannot_be_exported_is_refused(
    door: Door, url: str, body: object, status: int, told: str
) -> None:
    assert told in refused(door.client.request("POST", url, json=body), status)
    assert list_exports(door.db) == []


@pytest.mark.endpoint(START)
@pytest.mark.endpoint(RENAME)
@pytest.mark.endpoint(DELETE)
@pytest.mark.parametrize(
    ("method", "url"),
    [("POST", URL), ("PATCH", "/api/export/porch/door"), ("DELETE", "/api/export/porch")],
)
def test_a_silent_keeper_is_told(door: Door, method: str, url: str) -> None:
    row = stored(door)
    door.commands.is_silent = True
    refused(door.client.request(method, url), 503)
    assert list_exports(door.db) == [row]


@pytest.mark.endpoint(RENAME)
@pytest.mark.parametrize("current", ["porch", "porch.mp4", make_export().id])
def test_an_export_is_renamed_by_name_or_id(door: Door, current: str) -> None:
    row = stored(door)
    answer = door.client.request("PATCH", f"/api/export/{current}/Door:2-b_C")
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert names(door) == ["Door:2-b_C.mp4"]
    assert list_exports(door.db) == [replace(row, name="Door:2-b_C.mp4")]


@pytest.mark.endpoint(RENAME)
def test_a_file_that_nobody_knows_is_renamed(door: Door) -> None:
    (door.paths.exports / "old.mp4").write_bytes(b"video")
    assert door.client.request("PATCH", "/api/export/old/new").status_code == 200
    assert names(door) == ["new.mp4"]


@pytest.mark.endpoint(RENAME)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("porch/new.mp4", 400),
        ("porch/in_progress.new", 400),
        ("porch/a b", 400),
        ("porch/%2e%2e", 400),
        ("porch/.hidden", 400),
        ("porch/" + "x" * 151, 400),
        ("porch/porch", 400),
        ("porch/other", 400),
        ("porch/coming", 400),
        ("gone/new", 404),
        ("%2e%2e/new", 404),
        ("..%2Fsecret/new", 404),
        (".hidden/new", 404),
        ("x" * 300 + "/new", 404),
        ("coming/new", 400),
    ],
)
def test_what_cannot_be_renamed_is_refused(door: Door, path: str, status: int) -> None:
    stored(door)
    put_export(door.db, make_export(1, name="coming.mp4", state=ExportState.RUNNING))
    for name in ("other.mp4", ".hidden.mp4", "../secret.mp4"):
        (door.paths.exports / name).write_bytes(b"video")
    before = names(door)
    refused(door.client.request("PATCH", f"/api/export/{path}"), status)
    assert names(door) == before
    assert (door.paths.media / "secret.mp4").exists()


@pytest.mark.endpoint(DELETE)
@pytest.mark.parametrize("wanted", ["porch", "porch.mp4", make_export().id])
def test_an_export_is_deleted_by_name_or_id(door: Door, wanted: str) -> None:
    stored(door)
    answer = door.client.request("DELETE", f"/api/export/{wanted}")
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert (names(door), list_exports(door.db)) == ([], [])
    refused(door.client.request("DELETE", f"/api/export/{wanted}"), 404)


@pytest.mark.endpoint(DELETE)
def test_a_file_that_nobody_knows_and_a_row_without_a_file_are_deleted(door: Door) -> None:
    (door.paths.exports / "old.mp4").write_bytes(b"video")
    put_export(door.db, make_export(name="lost.mp4", state=ExportState.DONE))
    for name in ("old", "lost"):
        assert door.client.request("DELETE", f"/api/export/{name}").status_code == 200
    assert (names(door), list_exports(door.db)) == ([], [])


@pytest.mark.endpoint(DELETE)
@pytest.mark.parametrize("state", [ExportState.QUEUED, ExportState.RUNNING])
@pytest.mark.parametrize(
    "wanted", ["front_1", "in_progress.front@1", "in_progress.front@1.mp4", make_export(1).id]
)
def test_an_export_that_is_still_to_come_is_stopped(
    door: Door, state: ExportState, wanted: str
) -> None:
    row = make_export(1, name="front_1.mp4", state=state, progress=0.5)
    put_export(door.db, row)
    assert door.client.request("DELETE", f"/api/export/{wanted}").status_code == 200
    stopped = replace(row, state=ExportState.CANCELLED, finished_time=NOW)
    assert list_exports(door.db) == [stopped]
    assert door.client.request("DELETE", "/api/export/front_1").status_code == 200
    assert list_exports(door.db) == []


@pytest.mark.endpoint(DELETE)
@pytest.mark.parametrize(
    "wanted", ["nobody", "%2e%2e", "secret%00", ".hidden", "folder", "x" * 300]
)
def test_nothing_else_can_be_deleted(door: Door, wanted: str) -> None:
    (door.paths.exports / "folder.mp4").mkdir()
    for name in (".hidden.mp4", "../secret.mp4"):
        (door.paths.exports / name).write_bytes(b"video")
    refused(door.client.request("DELETE", f"/api/export/{wanted}"), 404)
    assert names(door) == [".hidden.mp4", "folder.mp4"]
    assert (door.paths.media / "secret.mp4").exists()


@pytest.mark.endpoint(LIST)
def test_exports_are_listed_newest_first(door: Door) -> None:
    running = make_export(3, state=ExportState.RUNNING, progress=0.25)
    failed = make_export(2, state=ExportState.FAILED, error="no space", finished_time=NOW)
    put_export(door.db, running)
    put_export(door.db, failed)
    done = stored(door, created_time=NOON + 1)
    shown = door.client.get("/api/exports").json()
    assert [one["id"] for one in shown] == [running.id, failed.id, done.id]
    assert shown[0] == {
        "id": running.id,
        "camera": "front",
        "name": "front_3",
        "date": running.created_time,
        "video_path": "/media/frigate/exports/front_3.mp4",
        "in_progress": True,
        "state": "running",
        "progress": 0.25,
        "error": "",
        "playback": "realtime",
        "start_time": NOON,
        "end_time": NOON + 10,
        "size": None,
    }
    assert (shown[1]["state"], shown[1]["error"]) == ("failed", "no space")
    assert (shown[2]["in_progress"], shown[2]["size"]) == (False, 5)


@pytest.mark.endpoint(LIST)
def test_the_list_is_true_about_files(door: Door) -> None:
    put_export(door.db, make_export(state=ExportState.DONE, name="lost.mp4"))
    for name in ("found.mp4", ".hidden.mp4", "in_progress.x.mp4", "note.txt"):
        (door.paths.exports / name).write_bytes(b"video")
    (one,) = door.client.get("/api/exports").json()
    assert (one["id"], one["name"], one["camera"]) == ("found.mp4", "found", None)
    assert (one["state"], one["progress"], one["size"]) == ("done", 1.0, 5)
    assert one["date"] == (door.paths.exports / "found.mp4").stat().st_mtime


@pytest.mark.endpoint(LIST)
def test_without_exports_the_list_is_empty(door: Door) -> None:
    assert door.client.get("/api/exports").json() == []
