"""What a broker is told when it is met, again after each loss: how everything is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from picket.topics.board import Board
from picket.topics.message import Message

AVAILABLE = "available"
ONLINE = Message(AVAILABLE, "online", retain=True)
OFFLINE = Message(AVAILABLE, "offline", retain=True)


def opening(cameras: Iterable[str], states: Mapping[str, str], board: Board) -> tuple[Message, ...]:
    """Every state, count and picture, as if it were news; what follows is news.

    Args:
        cameras: their names.
        states: payload by `<camera>/<feature>/state`.
        board: what clients know already.
    """
    names = tuple(cameras)
    still = {f"{name}/motion": "OFF" for name in names if f"{name}/motion" not in board.told}
    return (
        *(Message(topic, state, retain=True) for topic, state in states.items()),
        *(Message(topic, payload) for topic, payload in {**board.told, **still}.items()),
        *board.pictures.values(),
    )


def presence(board: Board, stillness: Mapping[str, str | int]) -> tuple[Message, ...]:
    """What a broker does not keep, as it is now, for who begins to listen later.

    Args:
        board: what clients know already.
        stillness: payload by topic of what was not told yet.
    """
    now = {**stillness, **board.told}
    return tuple(Message(topic, payload) for topic, payload in now.items())


def clearing(cameras: Iterable[str], features: Iterable[str]) -> tuple[Message, ...]:
    """A command that the broker kept would be obeyed again at each start: nothing in its place."""
    known = tuple(features)
    return tuple(
        Message(f"{camera}/{feature}/set", "", retain=True)
        for camera in cameras
        for feature in known
    )
