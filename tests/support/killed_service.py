"""Picket under somebody who kills its processes and starts `main` again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from picket.domain.errors import StoreError
from picket.store.database import Database, open_database
from picket.store.segments import footage_end
from tests.support.footage_audit import EVER
from tests.support.servers import running_picket, wait_for

EVERYTHING = "everything"  # the whole group at once, as a container's end or a shortage of memory
RECOVERY_S = 60.0


@dataclass
class Service:
    """Picket as a service manager runs it: whoever finds `main` dead starts it again at once."""

    folder: Path
    config: str
    cameras: Sequence[str]
    roles: Sequence[str]  # of the processes that must be there
    lives: ExitStack = field(default_factory=ExitStack)
    _groups: list[int] = field(default_factory=list)
    _gone: set[int] = field(default_factory=set)  # killed; they are listed for a moment longer

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """A new life over the same files."""
        self.now = self.lives.enter_context(running_picket(self.folder, self.config))
        self._groups.append(self.now.process.pid)

    def kill(self, victim: str, roles: Mapping[str, list[int]]) -> None:
        """SIGKILL to one, or to all at once; `main` is started again."""
        if victim == EVERYTHING:
            os.killpg(self.now.process.pid, signal.SIGKILL)
        else:
            os.kill(roles[victim][0], signal.SIGKILL)
            self._gone.add(roles[victim][0])
        if victim in (EVERYTHING, "main"):
            self.now.process.wait()
            self.start()

    def await_health(self) -> dict[str, list[int]]:
        """Wait until everybody is there and all cameras are recorded; process ids by role."""
        wait_for(lambda: self.now.json("/api/stats"), RECOVERY_S, "answer")

        def complete() -> dict[str, list[int]] | None:
            found = self.now.roles()
            alive = {role: {*found.get(role, ())} - self._gone for role in self.roles}
            is_whole = all(len(pids) == 1 for pids in alive.values())
            return {role: [*pids] for role, pids in alive.items()} if is_whole else None

        roles = wait_for(complete, RECOVERY_S, "known process for each role")
        recording = partial(_is_recording, self.folder, self.cameras, time.time())
        wait_for(recording, RECOVERY_S, "footage of every camera")
        return roles

    def end(self) -> None:
        """Nobody is left, orphans of a killed `main` included."""
        for group in self._groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        self.lives.close()


@contextmanager
def index(folder: Path) -> Iterator[Database]:
    """The index as a client of the files sees it."""
    db = open_database(folder / "picket.db", read_only=True)
    try:
        yield db
    finally:
        db.close()


def _is_recording(folder: Path, cameras: Iterable[str], since: float) -> bool:
    """Whether every camera has footage of the second after an instant."""
    try:
        with index(folder) as db:
            ends = [footage_end(db, name, EVER[1]) or 0.0 for name in cameras]
    except StoreError:  # before the first start has made it
        return False
    return min(ends) > since + 1.0
