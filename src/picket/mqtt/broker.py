"""The room's door: two threads that tell a broker everything and obey what comes from it."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from picket.config.mqtt import MqttConfig
from picket.domain.status import BrokerStatus
from picket.mqtt.backlog import Backlog
from picket.mqtt.home_assistant import Announcements
from picket.mqtt.link import BrokerLink
from picket.mqtt.opening import OFFLINE, ONLINE
from picket.topics.message import Message

logger = logging.getLogger(__name__)

STEP_S = 0.2
"""How soon the stop is seen."""
FAREWELL_S = 1.0
"""A broker that does not take the last word by then gives out the will instead."""
FILES_PAUSE_S = 10.0
MOST_COMMANDS = 100
COMMANDS = ("+/+/set", "+/ptz", "restart")
STALE = "stats"
"""Figures of an hour ago help nobody."""


@dataclass(frozen=True, slots=True)
class Topicality:
    """How everything is, asked anew at each connection."""

    clearing: Callable[[], tuple[Message, ...]]  # to be sent before we listen
    opening: Callable[[], tuple[Message, ...]]  # to be sent before any news
    presence: Callable[[], tuple[Message, ...]]  # to be sent to whom we were announced


class Broker:
    """Tells what is put into its backlog; nobody who puts ever waits for the broker."""

    def __init__(
        self,
        config: MqttConfig,
        now: Topicality,
        obey: Callable[[Message], None],
        announcements: Announcements,
    ) -> None:
        self._config = config
        self._prefix = f"{config.topic_prefix}/"
        self._now = now
        self._obey = obey
        self._announcements = announcements
        self._commands: queue.Queue[Message] = queue.Queue(MOST_COMMANDS)
        self._has_newcomer = threading.Event()
        self.backlog = Backlog()
        self._link: BrokerLink | None = None

    @property
    def status(self) -> BrokerStatus:
        """How it goes; any thread may ask."""
        link, backlog = self._link, self.backlog
        return BrokerStatus(link is not None and link.is_up, backlog.lost, backlog.waiting)

    def run(self, stop: threading.Event) -> None:
        """Connect and tell until asked to stop; then say good-bye."""
        link = self._link = self._make_link(stop)
        if link is None:
            return
        threading.Thread(target=self._obey_all, name="commands", daemon=True).start()
        link.open()
        while not stop.is_set():
            if link.wait_until_up(STEP_S):
                self._serve(link, link.session, stop)
        deadline = time.monotonic() + FAREWELL_S
        link.send(self._whole(OFFLINE), lambda: time.monotonic() > deadline)
        link.close()

    def _make_link(self, stop: threading.Event) -> BrokerLink | None:
        """Try until the files of certificates can be read."""
        while not stop.is_set():
            try:
                will, kept = self._whole(OFFLINE), self._announcements.see_kept
                return BrokerLink(self._config, will, self._heard, kept)
            except OSError as error:
                logger.error(  # noqa: TRY400
                    "no broker is connected: mend mqtt.tls_ca_certs, tls_client_cert or"
                    " tls_client_key, which cannot be read: %s",
                    error,
                )
            stop.wait(FILES_PAUSE_S)
        return None

    def _serve(self, link: BrokerLink, session: int, stop: threading.Event) -> None:
        """From one connection to its loss."""
        send = _Sender(link, session, stop)
        for message in self._now.clearing():
            send(self._whole(message))
        link.subscribe([self._prefix + topic for topic in COMMANDS])
        link.subscribe([self._announcements.birth_topic, self._announcements.device_topics])
        self._has_newcomer.set()
        while send.is_possible:
            if self._has_newcomer.is_set():
                self._has_newcomer.clear()
                self._tell_all(send)
            for message in self._announcements.due(session):
                send(message)
            if self._announcements.have_settled():
                self._tell(send, self._now.presence)
            news = self.backlog.take(STEP_S)
            if news is not None and not send(self._whole(news)):
                self.backlog.put_back(news)

    def _tell_all(self, send: Callable[[Message], bool]) -> None:
        self.backlog.forget({STALE})
        self._tell(send, self._now.opening)
        if self._announcements.are_made:
            self._tell(send, self._now.presence)
        send(self._whole(ONLINE))

    def _tell(
        self, send: Callable[[Message], bool], now: Callable[[], tuple[Message, ...]]
    ) -> None:
        """What waits is older than what is told now; it would only be taken back.

        What is told now is asked for after that was dropped: nothing newer may go with it.
        """
        self.backlog.forget({one.topic for one in now()})
        for message in now():
            send(self._whole(message))

    def _whole(self, message: Message) -> Message:
        return replace(message, topic=self._prefix + message.topic)

    def _heard(self, topic: str, payload: bytes) -> None:
        if self._announcements.is_birth(topic, payload):
            self._has_newcomer.set()
        elif topic.startswith(self._prefix):
            command = Message(topic.removeprefix(self._prefix), payload)
            try:
                self._commands.put_nowait(command)
            except queue.Full:
                logger.warning("%.100r is not obeyed: too many commands wait", topic)

    def _obey_all(self) -> None:
        """On a thread of its own: other processes are told, which takes its time."""
        while True:
            self._obey(self._commands.get())


class _Sender:
    """Sends within one connection."""

    def __init__(self, link: BrokerLink, session: int, stop: threading.Event) -> None:
        self._link, self._session, self._stop = link, session, stop

    @property
    def is_possible(self) -> bool:
        """Whether this connection lives and nobody asked to stop."""
        alive = self._link.is_up and self._link.session == self._session
        return alive and not self._stop.is_set()

    def __call__(self, message: Message) -> bool:
        """Whether the message was taken, or can never be sent; False is worth another attempt."""
        try:
            return self.is_possible and self._link.send(message, lambda: not self.is_possible)
        except ValueError as error:
            logger.debug("%.100r is not told to the broker: %s", message.topic, error)
            return True
