from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.mqtt import MqttConfig
from picket.mqtt.link import BrokerLink
from picket.topics.message import Message

WILL = Message("frigate/available", "offline", retain=True)


def make_link(**settings: object) -> BrokerLink:
    config = MqttConfig.model_validate({"host": "127.0.0.1", **settings})
    return BrokerLink(config, WILL, lambda *_: None, lambda *_: None)


def test_nothing_is_sent_before_the_broker_is_there() -> None:
    link = make_link()
    assert (link.is_up, link.session) == (False, 0)
    assert not link.wait_until_up(0)
    assert not link.send(Message("events", "{}"), lambda: False)
    link.close()


@pytest.mark.parametrize("topic", ["a/#", "a/+", ""])
def test_what_is_no_topic_cannot_be_sent(topic: str) -> None:
    with pytest.raises(ValueError):
        make_link().send(Message(topic, "x"), lambda: False)


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_an_error_of_the_system(
    tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "ca.crt"
    if text is not None:
        file.write_text(text)
    with pytest.raises(OSError):
        make_link(tls_ca_certs=str(file))
