"""Commands that are carried out at once, by the keeper's own function, without a keeper."""

from __future__ import annotations

import threading
from pathlib import Path

from picket.domain.errors import Unavailable
from picket.ipc.messages import Command
from picket.runtime.commands import carry_out, remove_pictures
from picket.store.database import Database, transaction


class DirectCommands:
    """Fills in `picket.api.ports.Commands`; remembers what was asked."""

    def __init__(self, db: Database, clips: Path) -> None:
        self._db = db
        self._clips = clips
        self.done: list[Command] = []
        self._lock = threading.Lock()  # one connection, many threads of requests
        self.is_silent = False  # as if the keeper were dead

    def carry_out(self, command: Command) -> None:
        if self.is_silent:
            raise Unavailable("the keeper of the database does not answer: try again")
        with self._lock:
            with transaction(self._db):
                names = carry_out(self._db, command)
            remove_pictures(self._clips, names)
            self.done.append(command)
