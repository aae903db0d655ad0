"""Events submitted for labelling, to a service that checks every request."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
from fastapi import FastAPI

from picket.api.app import create_app
from picket.domain.event import Event, EventData
from picket.ipc.changes import MarkFalsePositive, SetPlusId
from picket.media.jpeg import decode_picture, encode_png
from picket.plus.account import Account, Key, find_account
from picket.store.events import find_event, put_event
from tests.contract.conftest import Door
from tests.support.http_client import HttpClient
from tests.support.index_samples import EVENT, make_event
from tests.support.labelling_service import (
    KEY,
    NAME,
    PASSWORD,
    LabellingService,
    Reply,
    labelling_service,
)
from tests.support.servers import wait_for

URL = f"/api/events/{EVENT.id}"
PLUS = "POST /api/events/{event_id}/plus"
FALSE_POSITIVE = "PUT /api/events/{event_id}/false_positive"
BOTH = [("POST", "/plus"), ("PUT", "/false_positive")]
MANY = 50  # more than there are threads for requests


@pytest.fixture
def service() -> Iterator[LabellingService]:
    with labelling_service() as running:
        yield running
        assert running.mistakes == []


@pytest.fixture
def app(door: Door, service: LabellingService, tmp_path: Path) -> Iterator[FastAPI]:
    """The door of an installation with a key, and an ended event with its clean picture."""
    app = make_app(door, Account(Key(NAME, PASSWORD), service.url, problem=""))
    add_event(door, EVENT)
    yield app
    app.state.services.submissions.close()
    app.state.services.readers.close()


@pytest.fixture
def client(app: FastAPI) -> Iterator[HttpClient]:
    client = HttpClient(app)
    yield client
    client.close()


def make_app(door: Door, account: Account) -> FastAPI:
    return create_app(replace(door.context, plus=account))


def add_event(door: Door, event: Event) -> None:
    put_event(door.db, event)
    picture = np.full((360, 640, 3), 90, np.uint8)
    (door.paths.clips / f"{event.camera}-{event.id}-clean.png").write_bytes(encode_png(picture))


def row(door: Door) -> Event:
    event = find_event(door.db, EVENT.id)
    assert event is not None
    return event


def assert_submitted(answer: httpx.Response, plus_id: str = "image-0") -> None:
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body.keys() == {"plus_id", "success", "message"}
    assert (body["plus_id"], body["success"]) == (plus_id, True)
    assert EVENT.id in body["message"]


def refusal(answer: httpx.Response, status: int = 400) -> str:
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert body.keys() == {"success", "message"}
    assert body["success"] is False
    assert PASSWORD not in body["message"]
    return str(body["message"])


@pytest.mark.endpoint(PLUS)
@pytest.mark.parametrize("options", [{}, {"json": {}}, {"json": {"include_annotation": 0}}])
def test_a_picture_is_submitted(
    client: HttpClient, door: Door, service: LabellingService, options: dict[str, object]
) -> None:
    assert_submitted(client.request("POST", f"{URL}/plus", **options))
    assert service.created == [("image-0", "front")]
    assert decode_picture(service.pictures["image-0"]["original"].file).shape == (360, 640, 3)
    assert service.claims == []
    assert row(door) == replace(EVENT, plus_id="image-0")
    assert client.get(URL).json()["plus_id"] == "image-0"
    assert [one["id"] for one in client.get("/api/events?is_submitted=1").json()] == [EVENT.id]
    assert client.get("/api/events?is_submitted=0").json() == []


@pytest.mark.endpoint(PLUS, "body.include_annotation")
@pytest.mark.parametrize("wanted", [1, True, "1"])
def test_the_annotation_is_the_box_of_the_event(
    client: HttpClient, service: LabellingService, wanted: object
) -> None:
    answer = client.request("POST", f"{URL}/plus", json={"include_annotation": wanted})
    assert_submitted(answer)
    box = {"x": 0.25, "y": 0.5, "w": 0.125, "h": 0.25}
    said = {"label": "person", **box, "difficult": False}
    assert service.claims == [("image-0", "annotation", said)]


@pytest.mark.endpoint(PLUS, "body.include_annotation")
def test_an_event_without_a_box_has_no_annotation(
    client: HttpClient, door: Door, service: LabellingService
) -> None:
    put_event(door.db, replace(EVENT, data=EventData(type="api")))
    answer = client.request("POST", f"{URL}/plus", json={"include_annotation": 1})
    assert_submitted(answer)
    assert service.claims == []


@pytest.mark.endpoint(PLUS, "body.include_annotation")
def test_a_refused_annotation_is_told_with_the_id_that_the_picture_has(
    client: HttpClient, door: Door, service: LabellingService
) -> None:
    errors = '{"errors": [{"param": "label", "msg": "invalid label_name"}]}'
    service.refusals["image/image-0/annotation"] = Reply(400, errors)
    answer = client.request("POST", f"{URL}/plus", json={"include_annotation": 1})
    message = refusal(answer)
    assert f"event {EVENT.id} was submitted as image-0, but without its annotation" in message
    assert "label: invalid label_name" in message
    assert row(door).plus_id == "image-0"


@pytest.mark.endpoint(PLUS, "body.include_annotation")
@pytest.mark.parametrize("body", [b"{", b"[1]", b'{"include_annotation": "perhaps"}'])
def test_a_body_that_makes_no_sense_is_refused(
    client: HttpClient, service: LabellingService, body: bytes
) -> None:
    refusal(client.request("POST", f"{URL}/plus", content=body))
    assert service.requests == []


@pytest.mark.endpoint(PLUS)
def test_a_picture_is_submitted_once(
    client: HttpClient, door: Door, service: LabellingService
) -> None:
    assert_submitted(client.request("POST", f"{URL}/plus"))
    assert "already submitted as image-0" in refusal(client.request("POST", f"{URL}/plus"))
    assert door.commands.done == [SetPlusId(EVENT.id, "image-0")]
    assert len(service.created) == 1


@pytest.mark.endpoint(FALSE_POSITIVE)
def test_a_false_positive_is_submitted_and_reported(
    client: HttpClient, door: Door, service: LabellingService
) -> None:
    assert_submitted(client.request("PUT", f"{URL}/false_positive"))
    ((image, kind, said),) = service.claims
    assert (image, kind) == ("image-0", "false_positive")
    assert [said[key] for key in ("label", "score", "regionW", "model_type")] == [
        "person",
        0.875,
        0.5,
        "yolox",
    ]
    assert row(door) == replace(EVENT, plus_id="image-0", false_positive=True)
    assert client.get(URL).json()["false_positive"] is True


@pytest.mark.endpoint(FALSE_POSITIVE)
def test_a_submitted_picture_is_not_uploaded_again_for_a_false_positive(
    client: HttpClient, door: Door, service: LabellingService
) -> None:
    assert_submitted(client.request("POST", f"{URL}/plus"))
    assert_submitted(client.request("PUT", f"{URL}/false_positive", json={}))
    assert len(service.created) == 1
    again = refusal(client.request("PUT", f"{URL}/false_positive"))
    assert "already reported as false positive" in again
    assert door.commands.done[1:] == [MarkFalsePositive(EVENT.id)]


@pytest.mark.endpoint(FALSE_POSITIVE)
def test_a_refused_report_is_told_and_may_be_tried_again(
    client: HttpClient, door: Door, service: LabellingService
) -> None:
    service.refusals["image/image-0/false_positive"] = Reply(403, '{"message": "no plan"}')
    message = refusal(client.request("PUT", f"{URL}/false_positive"))
    assert "refused the false positive with status 403: no plan" in message
    assert (row(door).plus_id, row(door).false_positive) == ("image-0", None)
    service.refusals.clear()
    assert_submitted(client.request("PUT", f"{URL}/false_positive"))
    assert len(service.created) == 1


@pytest.mark.endpoint(FALSE_POSITIVE)
def test_an_event_without_a_box_is_no_false_positive(
    client: HttpClient, door: Door, service: LabellingService
) -> None:
    put_event(door.db, replace(EVENT, data=EventData(type="api")))
    assert "has no box" in refusal(client.request("PUT", f"{URL}/false_positive"))
    assert service.requests == []


@pytest.mark.endpoint(PLUS)
@pytest.mark.endpoint(FALSE_POSITIVE)
@pytest.mark.parametrize(("method", "path"), BOTH)
def test_what_stands_against_a_submission_is_told_before_anything_is_sent(
    client: HttpClient, door: Door, service: LabellingService, method: str, path: str
) -> None:
    gone = client.request(method, f"/api/events/1.0-nobody{path}")
    assert refusal(gone, 404) == "Event not found: 1.0-nobody"
    put_event(door.db, replace(EVENT, end_time=None))
    assert f"event {EVENT.id} still runs" in refusal(client.request(method, URL + path))
    put_event(door.db, EVENT)
    picture = door.paths.clips / f"front-{EVENT.id}-clean.png"
    for spoil in (lambda: picture.write_bytes(b"no picture"), picture.unlink):
        spoil()
        message = refusal(client.request(method, URL + path))
        assert message.startswith(f"the clean picture of event {EVENT.id} is missing")
        assert "snapshots.clean_copy" in message
    assert service.requests == []
    assert row(door) == EVENT


@pytest.mark.endpoint(PLUS)
@pytest.mark.endpoint(FALSE_POSITIVE)
@pytest.mark.parametrize(("method", "path"), BOTH)
def test_a_refused_upload_says_what_the_service_said(
    client: HttpClient, door: Door, service: LabellingService, method: str, path: str
) -> None:
    service.refusals["image/create"] = Reply(403, '{"message": "quota is used up"}')
    assert "status 403: quota is used up" in refusal(client.request(method, URL + path))
    assert row(door) == EVENT
    service.refusals.clear()
    assert_submitted(client.request(method, URL + path), "image-1")


@pytest.mark.endpoint(PLUS)
@pytest.mark.endpoint(FALSE_POSITIVE)
@pytest.mark.parametrize(("method", "path"), BOTH)
def test_a_silent_keeper_is_told_and_costs_no_second_upload(
    client: HttpClient, door: Door, service: LabellingService, method: str, path: str
) -> None:
    door.commands.is_silent = True
    refusal(client.request(method, URL + path), 503)
    assert row(door) == EVENT
    door.commands.is_silent = False
    assert_submitted(client.request(method, URL + path))
    assert len(service.created) == 1


@pytest.mark.endpoint(PLUS)
@pytest.mark.endpoint(FALSE_POSITIVE)
def test_an_ill_formed_key_is_told(door: Door, tmp_path: Path) -> None:
    put_event(door.db, EVENT)
    account = find_account({"PLUS_API_KEY": "hush-key"}, tmp_path)
    client = HttpClient(make_app(door, account))
    for method, path in BOTH:
        message = refusal(client.request(method, URL + path))
        assert message.startswith("PLUS_API_KEY is not a key of the labelling service")
        assert "hush" not in message
    assert client.get("/api/config").json()["plus"] == {"enabled": False}
    client.close()


@pytest.mark.endpoint("GET /api/config")
def test_the_configuration_says_whether_there_is_a_key(client: HttpClient, door: Door) -> None:
    shown = client.get("/api/config")
    assert shown.json()["plus"] == {"enabled": True}
    assert PASSWORD not in shown.text
    assert KEY[:36] not in shown.text
    assert door.client.get("/api/config").json()["plus"] == {"enabled": False}


def caller(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://nvr", timeout=30)


@pytest.mark.parametrize("second", BOTH)
def test_an_event_on_its_way_is_not_submitted_twice(
    app: FastAPI, service: LabellingService, second: tuple[str, str]
) -> None:
    service.held["image/create"] = threading.Event()

    async def submit_twice() -> None:
        async with caller(app) as client:
            first = asyncio.create_task(client.post(f"{URL}/plus"))
            await asyncio.to_thread(
                wait_for, lambda: "POST image/create" in service.requests, 10, "upload"
            )
            message = refusal(await client.request(second[0], URL + second[1]))
            assert f"event {EVENT.id} is being submitted" in message
            service.held["image/create"].set()
            assert_submitted(await first)

    asyncio.run(submit_twice())
    assert len(service.created) == 1


def test_a_slow_service_holds_up_nobody_else(
    app: FastAPI, door: Door, service: LabellingService
) -> None:
    service.held["image/signed_urls"] = threading.Event()
    events = [make_event(n) for n in range(MANY)]
    for event in events:
        add_event(door, event)

    async def submit_many() -> list[int]:
        async with caller(app) as client:
            waiting = [
                asyncio.create_task(client.post(f"/api/events/{event.id}/plus")) for event in events
            ]
            await asyncio.to_thread(
                wait_for, lambda: "GET image/signed_urls" in service.requests, 10, "request"
            )
            answer = await asyncio.wait_for(client.get(URL), timeout=10)
            assert answer.status_code == 200
            service.held["image/signed_urls"].set()
            return [(await task).status_code for task in waiting]

    assert asyncio.run(submit_many()) == [200] * MANY
    assert len(service.created) == MANY
