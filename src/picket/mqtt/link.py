"""One connection to a broker, made again whenever it is lost."""

from __future__ import annotations

import logging
import ssl
import sys
import threading
from collections.abc import Callable
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from picket.config.masking import mask_credentials
from picket.config.mqtt import MqttConfig
from picket.topics.message import Message

logger = logging.getLogger(__name__)

KEEPALIVE_S = 60
CONNECT_S = 5.0
LONGEST_PAUSE_S = 30
"""Between two attempts; they begin a second apart, and the time doubles."""
SEND_STEP_S = 0.2
"""How soon a loss or the stop is seen while a slow broker takes nothing."""

Heard = Callable[[str, bytes], None]
"""Takes topic and payload of a message that was sent, or kept; must return at once."""


class BrokerLink:
    """Sends one message at a time; topics are whole, with prefix. One thread uses it.

    Raises: OSError when the certificates cannot be read.
    """

    def __init__(
        self, config: MqttConfig, will: Message, on_message: Heard, on_kept: Heard
    ) -> None:
        self._state = _LinkState(f"{config.host}:{config.port}", on_message, on_kept)
        self._client = _make_client(config, will)
        self._client.on_connect = self._state.connected
        self._client.on_connect_fail = self._state.not_connected
        self._client.on_disconnect = self._state.disconnected
        self._client.on_message = self._state.heard

    @property
    def is_up(self) -> bool:
        """Whether the broker is there."""
        return self._state.is_up.is_set()

    @property
    def session(self) -> int:
        """How many connections there have been."""
        return self._state.session

    def open(self) -> None:
        """Start to connect, and go on trying for ever."""
        self._client.loop_start()

    def wait_until_up(self, timeout_s: float) -> bool:
        """Whether the broker is there, as soon as it is."""
        return self._state.is_up.wait(timeout_s)

    def subscribe(self, topics: list[str]) -> None:
        """Hear what others send under these, until the connection is lost."""
        self._client.subscribe([(topic, 0) for topic in topics])

    def send(self, message: Message, stop: Callable[[], bool]) -> bool:
        """Hand a message to the network; False when the broker was lost or the wait was ended.

        Raises: ValueError when nothing can be published under such a topic.
        """
        sent = self._client.publish(message.topic, message.payload, retain=message.retain)
        try:
            while self.is_up:
                sent.wait_for_publish(SEND_STEP_S)
                if sent.is_published():
                    return True
                if stop():
                    return False
        except RuntimeError:  # how the library says that the connection went, and this with it
            return False
        return False

    def close(self) -> None:
        """Say good-bye, if the broker is there; an attempt to connect is not waited for."""
        was_up = self.is_up
        self._client.disconnect()
        if was_up:
            self._client.loop_stop()


class _LinkState:
    """What the library's thread tells of the connection.

    It does not know the client, which closes its sockets once nobody knows it any more.
    """

    def __init__(self, broker: str, on_message: Heard, on_kept: Heard) -> None:
        self._broker = broker
        self._on_message = on_message
        self._on_kept = on_kept  # apart: a command that was kept was obeyed when it was new
        self._problem = ""
        self._is_refused = False  # and told so; that the broker hangs up then is no news
        self.is_up = threading.Event()
        self.session = 0

    def connected(
        self, _: Client, _own: Any, _flags: ConnectFlags, reason: ReasonCode, _more: Any
    ) -> None:
        """The broker has answered."""
        self._is_refused = reason.is_failure
        if self._is_refused:
            self._note(f"the broker {self._broker} refuses us: {reason}")
            return
        self._problem = ""
        self.session += 1
        logger.info("connected to the broker %s", self._broker)
        self.is_up.set()

    def not_connected(self, _: Client, _own: Any) -> None:
        """There was no answer."""
        reason = mask_credentials(str(sys.exception() or "no reason given"))
        self._note(f"the broker {self._broker} cannot be reached: {reason}")

    def disconnected(
        self, _: Client, _own: Any, _flags: DisconnectFlags, reason: ReasonCode, _more: Any
    ) -> None:
        """The connection is over."""
        self.is_up.clear()
        if reason.is_failure and not self._is_refused:
            self._note(f"the broker {self._broker} hung up: {reason}")

    def heard(self, _: Client, _own: Any, message: MQTTMessage) -> None:
        """Somebody says something."""
        hear = self._on_kept if message.retain else self._on_message
        hear(message.topic, bytes(message.payload))

    def _note(self, problem: str) -> None:
        """Once, not at each attempt."""
        if problem != self._problem:
            logger.warning("%s; trying again until it answers", problem)
        self._problem = problem


def _make_client(config: MqttConfig, will: Message) -> Client:
    client = Client(CallbackAPIVersion.VERSION2, config.client_id, protocol=MQTTv311)
    client.will_set(will.topic, will.payload, qos=1, retain=will.retain)
    client.reconnect_delay_set(1, LONGEST_PAUSE_S)
    client.connect_timeout = CONNECT_S
    if config.user is not None:
        client.username_pw_set(config.user, config.password)
    if config.tls_ca_certs is not None:
        client.tls_set_context(_tls_context(config))
    client.connect_async(config.host, config.port, KEEPALIVE_S)
    return client


def _tls_context(config: MqttConfig) -> ssl.SSLContext:
    """As Frigate does it: with a file of authorities, TLS is spoken."""
    context = ssl.create_default_context(cafile=config.tls_ca_certs)
    context.check_hostname = not config.tls_insecure
    if config.tls_client_cert is not None:
        context.load_cert_chain(config.tls_client_cert, config.tls_client_key)
    return context
