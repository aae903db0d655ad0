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
    return Broker(mqtt, Topicality(tuple, tuple), lambda _: None, announcements)


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
    assert not caplog.text
    broker._heard("frigate/front/detect/set", b"OFF")
    assert "too many commands wait" in caplog.text
