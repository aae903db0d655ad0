"""The keeper's care for the index: a checked backup now and then, and an eye on its file."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from picket.domain.errors import PicketError, StoreDamaged, StoreError, Unavailable
from picket.runtime.upkeep.backups import BackupPlaces, make_backup
from picket.runtime.upkeep.opening import mark_suspect
from picket.store.database import Database
from picket.store.upkeep import Task, Upkeep, find_upkeep, put_upkeep

logger = logging.getLogger(__name__)

HOUR_S = 3600.0
FIRST_S = 300.0  # after a start, so that it is not made while everything begins
PACE_S = 0.005  # after each MiB: 100 MB/s at most, and others get to the disk in between
STOP_S = 1.0  # all that the keeper's own end may wait
NICENESS = 10


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """How often, and how many stay."""

    places: BackupPlaces
    interval_s: float  # 0: never
    keep: int


class IndexCare:
    """Takes its turn between the keeper's batches; the work itself is done by a thread."""

    def __init__(self, db: Database, plan: BackupPlan, wall: Callable[[], float]) -> None:
        self._db = db
        self._plan = plan
        self._wall = wall
        self._job: _BackupJob | None = None
        self._file = _identity(plan.places.database)
        self._is_suspect = False
        last = find_upkeep(db, Task.BACKUP)
        overdue = last.finished_time + plan.interval_s if last else 0.0
        self._due_time = max(overdue, wall() + FIRST_S)

    def turn(self) -> None:
        """Begin what is due, and write down what has ended."""
        self._watch_file()
        now = self._wall()
        if self._job is not None:
            if self._job.is_alive():
                return
            self._finish(self._job, now)
            self._job = None
        elif self._plan.interval_s and now >= self._due_time:
            self._due_time = now + self._plan.interval_s
            self._job = _BackupJob(self._plan, now)
            self._job.start()

    def note_damage(self) -> None:
        """The index refused as a damaged one does: the next start looks at every page."""
        if not self._is_suspect:
            self._is_suspect = True
            with suppress(OSError):  # the start looks anyway, if not at all of a large one
                mark_suspect(self._plan.places.database)

    def stop(self) -> None:
        """Give up a backup that is being made."""
        if self._job is not None:
            self._job.give_up.set()
            self._job.join(STOP_S)

    def _finish(self, job: _BackupJob, now: float) -> None:
        if job.problem:
            logger.error("the index was not backed up: %s", job.problem)
        if job.is_damaged:
            self.note_damage()
        outcome = job.problem or f"checked and copied to {job.made}"
        try:
            put_upkeep(self._db, Upkeep(Task.BACKUP, now, not job.problem, outcome))
        except (StoreError, Unavailable) as error:
            logger.error("the backup could not be noted: %s", error)  # noqa: TRY400

    def _watch_file(self) -> None:
        """Somebody may take the file away; what is written then goes to a file without a name."""
        found = _identity(self._plan.places.database)
        if found != self._file:
            self._file = found
            logger.error(
                "the database file was taken away or replaced while the program runs: recording"
                " goes on; restart Picket, which restores the newest backup"
            )


class _BackupJob(threading.Thread):
    """One backup; look at it when it has ended."""

    def __init__(self, plan: BackupPlan, now: float) -> None:
        super().__init__(name="backup", daemon=True)
        self.give_up = threading.Event()
        self.made: Path | None = None
        self.problem = "an internal error: the log has the details"
        self.is_damaged = False
        self._plan = plan
        self._now = now

    def run(self) -> None:
        _step_back()
        try:
            self.made = make_backup(self._plan.places, self._plan.keep, self._now, self._pace)
            self.problem = ""
        except PicketError as error:
            self.problem = str(error)
            self.is_damaged = isinstance(error, StoreDamaged)
        except OSError as error:
            self.problem = f"the disk refuses ({error.strerror or error})"

    def _pace(self) -> None:
        if self.give_up.wait(PACE_S):
            raise Unavailable("the program was stopped")


def _step_back() -> None:
    """Let everybody else go first; on Linux both belong to a thread."""
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    with suppress(psutil.Error, OSError):  # not every kernel knows the idle class
        psutil.Process(threading.get_native_id()).ionice(psutil.IOPRIO_CLASS_IDLE)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
