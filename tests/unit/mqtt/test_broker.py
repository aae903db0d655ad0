"""Without a broker; with a real one in tests/contract/test_mqtt.py."""

from __future__ import annotations

import threading

import pytest

from picket.config.mqtt import MqttConfig
from picket.mqtt.broker import MOST_COMMANDS, Broker, Topicality
from picket.mqtt.home_assistant import Announcements
from picket.topics.message import Message
from tests.support.servers import free_port
from tests.unit.mqtt.samples import make_config


def make_broker() -> Broker:
    mqtt = MqttConfig.model_validate({"host": "127.0.0.1", "port": free_port()})
    announcements = Announcements(mqtt, make_config, "0.1", lambda: 0.0)
    return Broker(mqtt, Topicality(tuple, tuple, tuple), lambda _: None, announcements)


def test_without_a_broker_news_wait_and_the_stop_does_not() -> None:
    broker, stop = make_broker(), threading.Event()
    thread = threading.Thread(target=broker.run, args=(stop,), daemon=True)
    thread.start()
    broker.backlog.put(Message("events", "{}"))
    stop.set()
    thread.join(2)
    assert not thread.is_alive()
    assert broker.backlog.take(0) == Message("events", "{}")


def test_commands_that_are_too_many_are_told_of(caplog: pytest.LogCaptureFixture) -> None:
    broker = make_broker()
    for _ in range(MOST_COMMANDS):
        broker._heard("frigate/front/detect/set", b"ON")
    assert "too many" not in caplog.text
    broker._heard("frigate/front/detect/set", b"OFF")
    assert "too many commands wait" in caplog.text


def test_news_that_come_while_everything_is_told_are_not_dropped() -> None:
    """What waits was told before, so it is dropped; what comes after the last look is not."""
    broker = make_broker()
    broker.backlog.put(Message("front/person", 1))
    looks: list[tuple[Message, ...]] = []

    def opening() -> tuple[Message, ...]:
        looks.append((Message("front/person", len(looks)),))
        if len(looks) == 2:
            broker.backlog.put(Message("front/person", 2))
        return looks[-1]

    broker._now = Topicality(tuple, opening, tuple)
    sent: list[Message] = []

    def send(message: Message) -> bool:
        sent.append(message)
        return True

    broker._tell_all(send)
    assert [one.payload for one in sent] == [1, "online"]
    assert broker.backlog.take(0) == Message("front/person", 2)
    assert broker.backlog.take(0) is None
