"""Everything that is published, to everyone who listens: sockets today, a broker tomorrow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from picket.ipc.mailbox import Mailbox
from picket.ipc.messages import ObjectChanged, SceneChanged
from picket.topics.board import Board, post_scene
from picket.topics.events import tell_change
from picket.topics.message import Message, json_message


class TopicHub:
    """Fills in `picket.api.ports.Topics`; any thread may call it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inboxes: list[Mailbox[Message]] = []

    def publish(self, message: Message) -> None:
        """See picket.api.ports.Topics."""
        with self._lock:  # two messages reach everyone in the same order
            for inbox in self._inboxes:
                inbox.put(message)

    def subscribe(self, inbox: Mailbox[Message]) -> None:
        """See picket.api.ports.Topics."""
        with self._lock:
            self._inboxes.append(inbox)

    def unsubscribe(self, inbox: Mailbox[Message]) -> None:
        """See picket.api.ports.Topics."""
        with self._lock:
            self._inboxes.remove(inbox)


class Announcer:
    """Publishes what the cameras tell; one thread calls it."""

    def __init__(self, publish: Callable[[Message], None]) -> None:
        self._publish = publish
        self._board = Board()

    def announce(self, news: ObjectChanged | SceneChanged) -> None:
        """Tell whoever listens."""
        match news:
            case ObjectChanged():
                messages: tuple[Message, ...] = (tell_change(news),)
            case SceneChanged():
                self._board, messages = post_scene(self._board, news)
        for message in messages:
            self._publish(message)


def announce_stats(
    collect: Callable[[], Mapping[str, Any]],
    publish: Callable[[Message], None],
    interval_s: float,
    stop: threading.Event,
) -> None:
    """Publish the statistics again and again until asked to stop."""
    while not stop.wait(interval_s):
        publish(json_message("stats", collect()))
