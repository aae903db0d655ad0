"""Everything that is published, to everyone who listens: sockets and the broker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from picket.domain.gaze import Standing
from picket.ipc.messages import (
    ObjectChanged,
    PictureTaken,
    SceneChanged,
    SoundChanged,
    SoundHeard,
)
from picket.topics.board import Board, post_picture, post_scene, post_sound, post_standing
from picket.topics.events import tell_change
from picket.topics.message import Message, json_message

News = ObjectChanged | SceneChanged | SoundHeard | SoundChanged | PictureTaken
"""What cameras tell without being asked."""


class Inbox(Protocol):
    """Whoever listens: a mailbox of a socket, the backlog of the broker."""

    def put(self, message: Message, /) -> bool:
        """Take a message, and return at once."""


class TopicHub:
    """Fills in `picket.api.ports.Topics`; any thread may call it."""

    def __init__(self, board: Callable[[], Board] = Board) -> None:
        """Args: board: what cameras told so far."""
        self._lock = threading.Lock()
        self._inboxes: list[Inbox] = []
        self._board = board

    def publish(self, message: Message) -> None:
        """See picket.api.ports.Topics."""
        with self._lock:  # two messages reach everyone in the same order
            for inbox in self._inboxes:
                inbox.put(message)

    def known(self) -> tuple[Message, ...]:
        """See picket.api.ports.Topics."""
        return tuple(Message(topic, payload) for topic, payload in self._board().told.items())

    def subscribe(self, inbox: Inbox) -> None:
        """See picket.api.ports.Topics."""
        with self._lock:
            self._inboxes.append(inbox)

    def unsubscribe(self, inbox: Inbox) -> None:
        """See picket.api.ports.Topics."""
        with self._lock:
            self._inboxes.remove(inbox)


class Announcer:
    """Publishes what is told of the cameras; any thread may call it."""

    def __init__(self, publish: Callable[[Message], None]) -> None:
        self._publish = publish
        self._lock = threading.Lock()
        self._board = Board()

    @property
    def board(self) -> Board:
        """What was told so far; any thread may ask."""
        return self._board

    def announce(self, news: News | Standing) -> None:
        """Tell whoever listens."""
        with self._lock:
            for message in self._take_in(news):
                self._publish(message)

    def _take_in(self, news: News | Standing) -> tuple[Message, ...]:
        match news:
            case ObjectChanged():
                messages: tuple[Message, ...] = (tell_change(news),)
            case SceneChanged():
                self._board, messages = post_scene(self._board, news)
            case SoundHeard():
                self._board, messages = post_sound(self._board, news)
            case SoundChanged():
                messages = ()  # topics tell it as `SoundHeard`
            case PictureTaken():
                self._board, picture = post_picture(self._board, news)
                messages = (picture,)
            case Standing():
                self._board, messages = post_standing(self._board, news)
        return messages


def announce_stats(
    collect: Callable[[], Mapping[str, Any]],
    publish: Callable[[Message], None],
    interval_s: float,
    stop: threading.Event,
) -> None:
    """Publish the statistics again and again until asked to stop."""
    while not stop.wait(interval_s):
        publish(json_message("stats", collect()))
