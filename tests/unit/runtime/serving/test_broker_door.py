"""How the broker is joined to the program; with a real broker in tests/contract/test_mqtt.py."""

from __future__ import annotations

import threading

import pytest

from picket.domain.errors import Unavailable
from picket.runtime.serving.broker_door import BrokerDoor
from picket.runtime.serving.topic_hub import Announcer, TopicHub
from picket.topics.message import Message
from tests.support.fake_program import running_config
from tests.support.fake_ptz import FakePtz
from tests.support.servers import free_port
from tests.unit.mqtt.samples import make_config


def make_door(ptz: FakePtz) -> tuple[BrokerDoor, TopicHub]:
    hub = TopicHub()
    config = make_config(mqtt={"host": "127.0.0.1", "port": free_port()})
    return BrokerDoor(running_config(config), Announcer(hub.publish), hub, ptz), hub


def test_the_backlog_is_filled_only_while_somebody_empties_it() -> None:
    door, hub = make_door(FakePtz())
    stop = threading.Event()
    stop.set()
    door.run(stop)
    hub.publish(Message("events", "{}"))
    assert door._broker.backlog.take(0) is None


def test_a_command_is_done_and_what_fails_is_told_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ptz = FakePtz()
    door, _ = make_door(ptz)
    door._obey(Message("front/detect/set", b"OFF"))
    assert door._opening()[0].retain
    assert Message("front/detect/state", "OFF", retain=True) in door._opening()
    assert not caplog.text
    ptz.error = Unavailable("front is away")
    for topic, complaint in (
        ("front/ptz", "front is away"),
        ("front/magic/set", "there is no front/magic"),
        ("", "a topic is"),
    ):
        door._obey(Message(topic, b"ON"))
        assert complaint in caplog.text
