"""The WebSocket /ws: what is published, and commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from picket.api.routes.topics import INBOX_MESSAGES, MOST_LOST
from picket.domain.errors import Unavailable
from picket.ipc.mailbox import Mailbox
from picket.ipc.messages import SceneChanged
from picket.runtime.serving.topic_hub import Announcer, TopicHub
from picket.topics.message import Message
from tests.contract.conftest import Door
from tests.support.fake_ptz import FakePtz
from tests.support.servers import wait_for
from tests.support.socket_server import Served, serving

PATIENCE_S = 10.0


@pytest.fixture
def ptz() -> FakePtz:
    return FakePtz()


@pytest.fixture
def served(door: Door, ptz: FakePtz) -> Iterator[Served]:
    with serving(replace(door.context, ptz=ptz)) as running:
        yield running


@contextmanager
def talking(served: Served, **options: Any) -> Iterator[ClientConnection]:
    """A client that has heard how everything is."""
    with connect(f"ws://{served.host}/ws", compression=None, **options) as client:
        while hear(client)["topic"] != "stats":
            pass
        yield client


def hear(client: ClientConnection) -> dict[str, Any]:
    frame = client.recv(PATIENCE_S)
    assert isinstance(frame, str)
    return dict(json.loads(frame))


def say(client: ClientConnection, topic: str, payload: object) -> None:
    client.send(json.dumps({"topic": topic, "payload": payload, "retain": True}))


def test_a_client_first_hears_how_everything_is(door: Door, served: Served) -> None:
    door.settings.switch("back", "detect", "OFF")
    with connect(f"ws://{served.host}/ws") as client:
        told = [hear(client) for _ in range(len(door.settings.states()) + 1)]
    *states, stats = told
    assert {one["topic"]: one["payload"] for one in states} == door.settings.states()
    assert {"topic": "back/detect/state", "payload": "OFF"} in states
    assert list(stats) == ["topic", "payload"]
    assert stats["topic"] == "stats"
    assert json.loads(stats["payload"])["service"]["version"] == "0.13.2-test"


def test_who_joins_hears_counts_and_motion_as_they_are(door: Door) -> None:
    announcer = Announcer(door.topics.publish)
    announcer.announce(SceneChanged("front", is_moving=True, labels={"person": 2}, zones={}))
    topics = TopicHub(lambda: announcer.board)
    expected = [("front/person", 2), ("front/all", 2), ("front/motion", "ON")]
    with (
        serving(replace(door.context, topics=topics)) as served,
        connect(f"ws://{served.host}/ws") as client,
    ):
        heard = [hear(client) for _ in range(len(door.settings.states()) + len(expected))]
    assert [(one["topic"], one["payload"]) for one in heard[-len(expected) :]] == expected


def test_every_client_hears_everything_but_bytes(door: Door, served: Served) -> None:
    told = [
        Message("front/person", 2),
        Message("front/person/snapshot", b"\xff\xd8", retain=True),
        Message("front/motion", "ON"),
        Message("events", '{"type":"new"}'),
    ]
    with talking(served) as one, talking(served) as other:
        for message in told:
            door.topics.publish(message)
        for client in (one, other):
            heard = [hear(client) for _ in range(3)]
            assert heard == [
                {"topic": "front/person", "payload": 2},
                {"topic": "front/motion", "payload": "ON"},
                {"topic": "events", "payload": '{"type":"new"}'},
            ]


def test_a_switch_is_obeyed_and_its_new_state_told_to_all(door: Door, served: Served) -> None:
    with talking(served) as one, talking(served) as other:
        say(one, "front/detect/set", "OFF")
        for client in (one, other):
            assert hear(client) == {"topic": "front/detect/state", "payload": "OFF"}
    assert not door.settings.current.cameras["front"].detect.enabled
    assert door.settings.current.cameras["back"].detect.enabled


def test_a_switch_that_moves_another_tells_both(door: Door, served: Served) -> None:
    door.settings.switch("front", "detect", "OFF")
    door.settings.switch("front", "motion", "OFF")
    with talking(served) as client:
        say(client, "front/detect/set", "ON")
        told = [hear(client), hear(client)]
    assert {one["topic"]: one["payload"] for one in told} == {
        "front/detect/state": "ON",
        "front/motion/state": "ON",
    }


@pytest.mark.parametrize(
    "topic", ["front/recordings/set", "front/nonsense/set", "nobody/detect/set"]
)
def test_a_switch_that_cannot_be_obeyed_changes_nothing(
    door: Door, served: Served, topic: str
) -> None:
    before = door.settings.current
    with talking(served) as client:
        say(client, topic, "ON")
        say(client, "ping", "still here")
        assert hear(client) == {"topic": "ping", "payload": "still here"}
    assert door.settings.current is before


def test_a_camera_is_moved(ptz: FakePtz, served: Served) -> None:
    with talking(served) as client:
        say(client, "front/ptz", "MOVE_UP")
        wait_for(lambda: ptz.moves == [("front", "MOVE_UP")], PATIENCE_S, "movement")


def test_a_camera_that_cannot_be_moved_disturbs_nobody(ptz: FakePtz, served: Served) -> None:
    ptz.error = Unavailable("the camera front does not answer")
    with talking(served) as client:
        say(client, "front/ptz", "STOP")
        say(client, "ping", 1)
        assert hear(client) == {"topic": "ping", "payload": 1}
    assert ptz.moves == [("front", "STOP")]


@pytest.mark.parametrize("payload", ["", "now", None, 1])
def test_a_restart_is_asked_for(door: Door, served: Served, payload: object) -> None:
    with talking(served) as client:
        say(client, "restart", payload)
        wait_for(lambda: door.program.restarts == 1, PATIENCE_S, "restart")


def test_any_other_topic_is_published_to_all(served: Served) -> None:
    with talking(served) as one, talking(served) as other:
        say(one, "doorbell/rang", 2.5)
        for client in (one, other):
            assert hear(client) == {"topic": "doorbell/rang", "payload": 2.5}


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '{"topic": 1, "payload": "ON"}',
        '{"topic": "a/#", "payload": "ON"}',
        '{"topic": "a", "payload": NaN}',
        '{"topic": "a", "payload": 1e999}',
        '{"topic": "a", "payload": [1e999]}',
        "[" * 10_000,
        b'{"topic": "a", "payload": "bytes"}',
    ],
)
def test_what_cannot_be_read_is_ignored(served: Served, frame: str | bytes) -> None:
    with talking(served) as client:
        client.send(frame)
        say(client, "ping", "still here")
        assert hear(client) == {"topic": "ping", "payload": "still here"}


def test_a_message_that_is_too_long_ends_the_talk(served: Served) -> None:
    with talking(served) as client:
        client.send("x" * 100_000)
        with pytest.raises(ConnectionClosed, match="1009"):
            client.recv(PATIENCE_S)


@pytest.mark.parametrize("origin", ["http://elsewhere", "http://127.0.0.1:1", "null"])
def test_the_page_of_another_site_is_refused(served: Served, origin: str) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"ws://{served.host}/ws", additional_headers={"Origin": origin}),
    ):
        pass
    assert refused.value.response.status_code == 403
    answer = json.loads(refused.value.response.body)
    assert answer["success"] is False
    assert "another site" in answer["message"]


def test_our_own_page_is_let_in_also_through_a_proxy(served: Served) -> None:
    own = {"Origin": f"http://{served.host}"}
    forwarded = {"Origin": "https://Home.example", "X-Forwarded-Host": "home.example"}
    for headers in (own, forwarded):
        with talking(served, additional_headers=headers) as client:
            say(client, "ping", 1)
            assert hear(client) == {"topic": "ping", "payload": 1}


def test_a_slow_client_loses_its_own_messages_and_is_closed(door: Door, served: Served) -> None:
    large = Message("large", "x" * 100_000)
    count = 3 * INBOX_MESSAGES + MOST_LOST
    quick = Mailbox[Message](lambda: None, room=count)
    with talking(served) as client:
        door.topics.subscribe(quick)
        for _ in range(count):
            door.topics.publish(large)
        heard: list[str | bytes] = []
        with pytest.raises(ConnectionClosed, match="1013"):
            heard.extend(client.recv(PATIENCE_S) for _ in range(count))
    assert len(heard) < count - MOST_LOST
    assert len(quick.take()) == count


def test_clients_are_told_when_the_server_stops(served: Served) -> None:
    with talking(served) as client:
        served.stop()
        with pytest.raises(ConnectionClosed, match="1012"):
            client.recv(PATIENCE_S)


def test_who_leaves_is_forgotten(door: Door, served: Served) -> None:
    with talking(served):
        assert len(door.topics._inboxes) == 1
    wait_for(lambda: not door.topics._inboxes, PATIENCE_S, "empty hub")


def test_it_is_no_page(door: Door) -> None:
    answer = door.client.get("/ws")
    assert answer.status_code == 404
    assert answer.json()["success"] is False
