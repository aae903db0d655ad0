"""Announcements of devices, repeated in the words of cores before 2024.11."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from paho.mqtt.client import Client, MQTTMessage

from tests.support.mosquitto import other_client

DEVICE_TOPICS = "homeassistant/device/+/config"


def split(device: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The same announcement as cores before 2024.11 know it: a topic for each component."""
    (ident,) = device["device"]["identifiers"]
    shared = {key: value for key, value in device.items() if key != "components"}
    components: dict[str, dict[str, Any]] = device["components"]
    return {
        f"homeassistant/{component['platform']}/{ident}/{key}/config": {
            **(shared if len(component) > 1 else {}),  # one without options is taken back
            **{option: value for option, value in component.items() if option != "platform"},
        }
        for key, component in components.items()
    }


@contextmanager
def announcements_one_by_one(port: int) -> Iterator[None]:
    """Repeats what devices are announced in the words of older cores."""
    known: dict[str, set[str]] = {}  # topics of components by that of their device

    def translate(client: Client, _: Any, message: MQTTMessage) -> None:
        topics = known.setdefault(message.topic, set())
        if not message.payload:  # the whole device is taken back
            for topic in topics:
                client.publish(topic, "", retain=True)
            return
        for topic, component in split(json.loads(message.payload)).items():
            topics.add(topic)
            client.publish(topic, json.dumps(component) if component else "", retain=True)

    with other_client(port, DEVICE_TOPICS) as other:
        other.client.on_message = translate
        yield
