"""When Home Assistant is told of us, and when that is taken back."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from picket.config.mqtt import MqttConfig
from picket.config.root import Config
from picket.mqtt.entities import Naming, describe
from picket.mqtt.remains import Parts, parts_of, read_kept, without
from picket.topics.message import Message

PATIENCE_S = 60.0
"""The existing integration asks every five seconds, once Home Assistant runs: who did not come
within a minute of our start is taken not to be there."""
SETTLING_S = 10.0
"""Home Assistant listens to the topics of a new entity by then, also on a small machine."""


@dataclass(frozen=True, slots=True)
class _Described:
    """Payload by topic, and what it was made of."""

    config: Config
    kept: Mapping[str, Parts]
    payloads: Mapping[str, str]


class Announcements:
    """Retained descriptions of our devices, by `mqtt.discovery`.

    What the broker keeps of us from before, and we are no longer, is taken back: also a camera that
    was removed while we were stopped.

    `auto` waits a minute for the existing integration: where that is, everything would be there
    twice, so we stay silent, and take back what an earlier run announced. When it comes later, the
    same happens then.
    """

    def __init__(
        self,
        mqtt: MqttConfig,
        config: Callable[[], Config],
        version: str,
        monotonic: Callable[[], float],
    ) -> None:
        self._mode = mqtt.discovery
        self._prefix = mqtt.discovery_prefix
        self._naming = Naming(mqtt.topic_prefix, mqtt.client_id, version)
        self._config = config
        self._monotonic = monotonic
        self._begun = monotonic()
        self._has_integration = threading.Event()
        self._session = -1
        self._kept: Mapping[str, Parts] = {}  # by topic, as the broker said
        self._announced: dict[str, Parts] = {}  # by topic, by ourselves
        self._described: _Described | None = None
        self._told: dict[str, str] = {}
        self._settled: float | None = None

    @property
    def birth_topic(self) -> str:
        """Where Home Assistant says that it has started, and knows nothing."""
        return f"{self._prefix}/status"

    @property
    def device_topics(self) -> str:
        """Where devices are announced, ours and those of others."""
        return self._topic("+")

    def is_birth(self, topic: str, payload: bytes) -> bool:
        """Whether a message says so."""
        return topic == self.birth_topic and payload == b"online"

    def see_kept(self, topic: str, payload: bytes) -> None:
        """The broker keeps this from before; the thread that hears it calls."""
        parts = read_kept(payload, self._naming.device_id())
        if parts is not None:
            self._kept = {**self._kept, topic: parts}

    @property
    def are_made(self) -> bool:
        """Whether there is a device now, so that somebody may read what we tell."""
        return any(self._told.values())

    def see_integration(self) -> None:
        """The existing integration has asked for something; any thread may call it."""
        self._has_integration.set()

    def due(self, session: int) -> tuple[Message, ...]:
        """What is to be sent now, with whole topics; a new session begins with all of it."""
        if session != self._session:
            self._session, self._told = session, {}
        wanted = self._wanted()
        news = {topic: text for topic, text in wanted.items() if self._told.get(topic) != text}
        self._told |= news
        if any(news.values()):
            self._settled = self._monotonic() + SETTLING_S
        return tuple(Message(topic, text, retain=True) for topic, text in news.items())

    def have_settled(self) -> bool:
        """Once after each announcement: whoever it is for can hear states by now."""
        if self._settled is None or self._monotonic() < self._settled:
            return False
        self._settled = None
        return True

    def _wanted(self) -> dict[str, str]:
        """Payload by topic; an empty one takes a device back."""
        is_wanted = self._is_wanted()
        if is_wanted is None:
            return {}
        devices = self._devices() if is_wanted else {}
        gone = {*self._kept, *self._told} - devices.keys()  # such as a zone
        return {**dict.fromkeys(gone, ""), **devices}

    def _is_wanted(self) -> bool | None:
        """None: wait and see."""
        if self._mode != "auto":
            return self._mode == "on"
        if self._has_integration.is_set():
            return False
        return True if self._monotonic() - self._begun >= PATIENCE_S else None

    def _devices(self) -> Mapping[str, str]:
        """Payload by topic; put together anew when something changed that it is made of."""
        config, kept, last = self._config(), self._kept, self._described
        if last is None or last.config is not config or last.kept is not kept:
            payloads = {}
            for ident, device in describe(config, self._naming).items():
                topic = self._topic(ident)
                before = {**kept.get(topic, {}), **self._announced.get(topic, {})}
                self._announced[topic] = {**before, **parts_of(device)}
                payloads[topic] = _to_json(without(device, before))
            last = self._described = _Described(config, kept, payloads)
        return last.payloads

    def _topic(self, ident: str) -> str:
        return f"{self._prefix}/device/{ident}/config"


def _to_json(device: Mapping[str, Any]) -> str:
    return json.dumps(device, separators=(",", ":"), sort_keys=True)
