"""Read-only connections to the index, handed from request to request."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from picket.config.database import DatabaseUrl
from picket.store.database import Database, open_database


class ReaderPool:
    """As many connections as requests run at once; none is ever used by two."""

    def __init__(self, place: Path | DatabaseUrl) -> None:
        self._place = place
        self._idle: deque[Database] = deque()

    @contextmanager
    def borrow(self) -> Generator[Database]:
        """A connection for the length of the block. Raises: StoreError when there is no file."""
        try:
            db = self._idle.pop()
        except IndexError:
            db = open_database(self._place, read_only=True)
        try:
            yield db
        finally:
            self._idle.append(db)

    def close(self) -> None:
        """Close what nobody uses at the moment."""
        while self._idle:
            self._idle.pop().close()
