"""The program at a broker, and what is told to it, for the tests of both."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from picket.config.mqtt import MqttConfig
from picket.config.root import Config
from picket.ipc.messages import SceneChanged
from picket.runtime.serving.broker_door import BrokerDoor
from picket.runtime.serving.topic_hub import Announcer, TopicHub
from tests.contract.conftest import Door
from tests.support.fake_ptz import FakePtz
from tests.support.mosquitto import PASSWORD, PATIENCE_S, USER, OtherClient

JPEG = b"\xff\xd8" + 2000 * b"x"


@dataclass
class Told:
    """A program at the broker."""

    announcer: Announcer
    hub: TopicHub
    ptz: FakePtz
    door: BrokerDoor


@contextmanager
def telling(door: Door, port: int, **settings: Any) -> Iterator[Told]:
    """The program's door to the broker, open for the length of the block."""
    mqtt = {"host": "127.0.0.1", "port": port, "user": USER, "password": PASSWORD, **settings}
    _use(door, MqttConfig.model_validate(mqtt))
    announcer, ptz, is_over = Announcer(door.topics.publish), FakePtz(), threading.Event()
    broker_door = BrokerDoor(door.settings, announcer, door.topics, ptz)
    thread = threading.Thread(target=broker_door.run, args=(is_over,), daemon=True)
    thread.start()
    try:
        yield Told(announcer, door.topics, ptz, broker_door)
    finally:
        is_over.set()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def _use(door: Door, mqtt: MqttConfig) -> None:
    config: Config = door.settings.current.model_copy(update={"mqtt": mqtt})
    door.settings._take(config)


def online(client: OtherClient, prefix: str = "frigate") -> None:
    client.wait(f"{prefix}/available", "online")


def scene(**changes: Any) -> SceneChanged:
    there: dict[str, Any] = {"is_moving": False, "labels": {}, "zones": {"porch": {}}}
    return SceneChanged(**{"camera": "front", **there, **changes})
