"""Commands that are carried out at once, by the keeper's own function, without a keeper."""

from __future__ import annotations

import threading

from picket.config.paths import MediaPaths
from picket.domain.errors import Unavailable
from picket.ipc.changes import Command, ExportCommand
from picket.runtime.keeper.commands import carry_out, remove_pictures
from picket.runtime.keeper.export_commands import carry_out_export
from picket.store.database import Database, transaction


class DirectCommands:
    """Fills in `picket.api.ports.Commands`; remembers what was asked."""

    def __init__(self, db: Database, media: MediaPaths) -> None:
        self._db = db
        self._media = media
        self.done: list[Command] = []
        self._lock = threading.Lock()  # one connection, many threads of requests
        self.is_silent = False  # as if the keeper were dead

    def carry_out(self, command: Command) -> None:
        if self.is_silent:
            raise Unavailable("the keeper of the database does not answer: try again")
        with self._lock:
            with transaction(self._db):
                names = self._change(command)
            remove_pictures(self._media.clips, names)
            self.done.append(command)

    def _change(self, command: Command) -> tuple[str, ...]:
        if isinstance(command, ExportCommand):
            carry_out_export(self._db, self._media.exports, command)
            return ()
        return carry_out(self._db, command)
