"""Does what a command says, whoever brought it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Protocol

from picket.topics.commands import Command, MoveCamera, Republish, Restart, SwitchFeature
from picket.topics.message import Message


class Switches(Protocol):
    """See picket.api.ports.Controls."""

    def switch(self, camera: str, feature: str, payload: str) -> Mapping[str, str]:
        """The topics that changed, with their payloads."""

    def restart(self) -> None:
        """End the whole program and start it again."""


class Movers(Protocol):
    """See picket.api.ports.Ptz."""

    def carry_out(self, camera: str, command: str) -> Future[None]:
        """Move as a word says."""


def obey(
    command: Command, switches: Switches, movers: Movers, publish: Callable[[Message], None]
) -> Future[None] | None:
    """Do it; what it changed is told to everyone.

    Returns: what becomes of a movement, which takes its time; nothing for what is done already.
    Raises: PicketError when it cannot be done.
    """
    match command:
        case SwitchFeature(camera, feature, payload):
            for topic, state in switches.switch(camera, feature, payload).items():
                publish(Message(topic, state, retain=True))
        case MoveCamera(camera, word):
            return movers.carry_out(camera, word)
        case Restart():
            switches.restart()
        case Republish(message):
            publish(message)
    return None
