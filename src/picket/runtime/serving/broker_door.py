"""Joins the broker to the running program."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from functools import partial

from picket import __version__
from picket.api.running_config import RunningConfig
from picket.config.switches import FEATURES
from picket.domain.errors import PicketError
from picket.domain.status import BrokerStatus
from picket.mqtt.broker import Broker, Topicality
from picket.mqtt.entities import stillness
from picket.mqtt.home_assistant import Announcements
from picket.mqtt.opening import clearing, opening, presence
from picket.runtime.serving.topic_hub import Announcer, TopicHub
from picket.topics.commands import read_command
from picket.topics.message import Message
from picket.topics.obey import Movers, obey

logger = logging.getLogger(__name__)


class BrokerDoor:
    """Tells a broker what the hub publishes, and does what others ask there."""

    def __init__(
        self, running: RunningConfig, announcer: Announcer, hub: TopicHub, movers: Movers
    ) -> None:
        self._running, self._announcer, self._hub, self._movers = running, announcer, hub, movers
        mqtt = running.current.mqtt
        self.announcements = Announcements(
            mqtt, lambda: running.current, __version__, time.monotonic
        )
        now = Topicality(self._clearing, self._opening, self._presence)
        self._broker = Broker(mqtt, now, self._obey, self.announcements)

    @property
    def status(self) -> BrokerStatus:
        """How the connection goes; any thread may ask."""
        return self._broker.status

    def run(self, stop: threading.Event) -> None:
        """Until asked to stop."""
        self._hub.subscribe(self._broker.backlog)
        try:
            self._broker.run(stop)
        finally:
            self._hub.unsubscribe(self._broker.backlog)

    def _clearing(self) -> tuple[Message, ...]:
        return clearing(self._running.current.cameras, FEATURES)

    def _opening(self) -> tuple[Message, ...]:
        cameras = self._running.current.cameras
        return opening(cameras, self._running.states(), self._announcer.board)

    def _presence(self) -> tuple[Message, ...]:
        return presence(self._announcer.board, stillness(self._running.current))

    def _obey(self, message: Message) -> None:
        try:
            command = read_command(message)
            movement = obey(command, self._running, self._movers, self._hub.publish)
        except (PicketError, ValueError) as error:
            _complain(message, error)
            return
        if movement is not None:  # nobody waits for it: another command may be to stop
            movement.add_done_callback(partial(_note_failure, message))


def _note_failure(message: Message, movement: Future[None]) -> None:
    if not movement.cancelled() and (error := movement.exception()) is not None:
        _complain(message, error)


def _complain(message: Message, error: BaseException) -> None:
    logger.warning("%.100r was not carried out: %s", message.topic, error)
