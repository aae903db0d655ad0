"""How Home Assistant discovers us, and that all it is told of is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from picket.api.app import create_app
from picket.ipc.messages import PictureTaken
from picket.topics.message import Message
from tests.contract.conftest import Door
from tests.contract.telling import JPEG, online, scene, telling
from tests.support.http_client import HttpClient
from tests.support.mosquitto import PATIENCE_S, Mosquitto, OtherClient, mosquitto, other_client
from tests.support.servers import wait_for


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    with mosquitto(tmp_path) as running:
        yield running


def devices(client: OtherClient, prefix: str = "homeassistant") -> dict[str, Any]:
    """The announcement of each device that is there now."""
    newest = {one.topic: one.payload for one in client.heard if one.topic.startswith(prefix)}
    return {
        topic.split("/")[2]: json.loads(payload)
        for topic, payload in newest.items()
        if payload and topic.endswith("/config")
    }


def test_home_assistant_finds_us_where_it_is_told_to(door: Door, broker: Mosquitto) -> None:
    with other_client(broker.port) as witness:
        with telling(door, broker.port, discovery="on", discovery_prefix="ha"):
            online(witness)
            wait_for(lambda: len(devices(witness, "ha")) == 4, PATIENCE_S, "devices")
        with other_client(broker.port) as late:
            wait_for(lambda: len(devices(late, "ha")) == 4, PATIENCE_S, "kept devices")
        with telling(door, broker.port, discovery="off", discovery_prefix="ha"):
            wait_for(lambda: not devices(witness, "ha"), PATIENCE_S, "end of the devices")


def test_what_the_integration_shows_is_taken_back(door: Door, broker: Mosquitto) -> None:
    with other_client(broker.port) as witness:
        with telling(door, broker.port, discovery="on"):
            wait_for(lambda: len(devices(witness)) == 4, PATIENCE_S, "devices")
        with telling(door, broker.port, discovery="auto") as told:
            wait_for(
                lambda: witness.told("frigate/available")[-1:] == ["online"], PATIENCE_S, "return"
            )
            assert len(devices(witness)) == 4  # it may be that it comes
            told.door.announcements.see_integration()
            wait_for(lambda: not devices(witness), PATIENCE_S, "end of the devices")


def test_home_assistant_is_told_everything_when_it_starts(door: Door, broker: Mosquitto) -> None:
    with telling(door, broker.port) as told, other_client(broker.port) as house:
        online(house)
        told.announcer.announce(scene(labels={"person": 2}))
        house.wait("frigate/front/person", "2")
        house.heard.clear()
        house.say("homeassistant/status", "online")
        house.wait("frigate/front/person", "2")
        house.wait("frigate/front/motion", "OFF")


def test_who_was_told_of_entities_is_told_that_nobody_is_there(
    door: Door, broker: Mosquitto
) -> None:
    """Home Assistant starts: it has forgotten counts, and would show them as unknown."""
    with telling(door, broker.port, discovery="on"), other_client(broker.port) as house:
        wait_for(lambda: len(devices(house)) == 4, PATIENCE_S, "devices")
        house.say("homeassistant/status", "online")
        for topic in ("front/person", "front/all", "porch/person", "porch/all"):
            house.wait(f"frigate/{topic}", "0")
        kept = {one.topic for one in house.heard if one.retain}
        assert "frigate/front/person" not in kept


def test_who_was_told_of_none_hears_of_no_label_before_its_first_object(
    door: Door, broker: Mosquitto
) -> None:
    with telling(door, broker.port, discovery="off"), other_client(broker.port) as house:
        online(house)
        house.heard.clear()
        house.say("homeassistant/status", "online")
        house.wait("frigate/available", "online")
        assert not house.told("frigate/front/person")


def test_every_topic_of_every_entity_is_one_that_we_know(door: Door, broker: Mosquitto) -> None:
    """What is read was published; what is written is obeyed."""
    with other_client(broker.port) as house, telling(door, broker.port, discovery="on") as told:
        online(house)
        for camera in ("front", "back"):
            told.announcer.announce(PictureTaken(camera, "person", JPEG))
            crowd = scene(camera=camera, labels={"person": 1}, zones={"porch": {"person": 1}})
            told.announcer.announce(crowd)
        told.hub.publish(Message("stats", "{}"))
        house.wait("frigate/stats", "{}")
        wait_for(lambda: len(devices(house)) == 4, PATIENCE_S, "devices")
        told_topics = {one.topic for one in house.heard}
        entities = [e for one in devices(house).values() for e in one["components"].values()]
        read = {
            entity[key]
            for entity in entities
            for key in ("state_topic", "image_topic", "topic")
            if key in entity
        }
        assert len(read) > 20
        assert read <= told_topics
        settable = [one for one in entities if one["platform"] in ("switch", "number")]
        assert len(settable) == 2 * 7  # nothing is to be recorded here
        for entity in sorted(settable, key=lambda one: str(one["command_topic"])):
            before = house.told(entity["state_topic"])
            wanted = {"ON": "OFF", "OFF": "ON"}.get(before[-1], "77")
            house.say(entity["command_topic"], wanted)
            house.wait(entity["state_topic"], wanted)


@pytest.mark.endpoint("GET /api/stats")
@pytest.mark.parametrize(
    ("user_agent", "is_integration"),
    [("HomeAssistant/2026.11.0 aiohttp/3.12.15 Python/3.13", True), ("Mozilla/5.0", False)],
)
def test_the_integration_is_known_by_its_requests(
    door: Door, user_agent: str, *, is_integration: bool
) -> None:
    seen: list[bool] = []
    app = create_app(replace(door.context, on_integration=lambda: seen.append(True)))
    client = HttpClient(app)
    try:
        assert client.get("/api/stats", headers={"User-Agent": user_agent}).status_code == 200
        assert client.get("/api/version", headers={"User-Agent": user_agent}).status_code == 200
    finally:
        client.close()
        app.state.services.readers.close()
    assert seen == [True] * is_integration
