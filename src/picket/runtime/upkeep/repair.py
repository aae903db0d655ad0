"""`picket repair`: index and files are brought in line while the program does not run."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from picket.config.paths import MediaPaths
from picket.domain.errors import StoreError
from picket.record.reconciliation import refusal
from picket.record.removal import remove_file
from picket.runtime.upkeep.opening import make_ready
from picket.runtime.upkeep.reconciling import adopt, drop
from picket.runtime.upkeep.survey import Survey, SurveyRules, survey_hour, surveyed_hours
from picket.runtime.upkeep.volume import belong, claim, force_volume, join_volume, read_volume
from picket.store.backup import Condition, examine
from picket.store.database import Database, open_database
from picket.store.events import close_open_events
from picket.store.migrate import migrate, read_migrations
from picket.store.reconcile_queries import IndexedFile, count_open_events, count_segments

LISTED = 20  # names of a kind that are printed

Say = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """What the user allows."""

    is_dry: bool = False  # only say what would be done
    is_forced: bool = False  # drop rows however many, and whosever folder it is
    deletes_garbage: bool = False


@dataclass(slots=True)
class RepairPlan:
    """All that is to be done."""

    rows: int
    open_events: int
    hours: list[float] = field(default_factory=list)  # Unix seconds; where files are to be entered
    adoptable: int = 0
    gone: list[IndexedFile] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    garbage: list[str] = field(default_factory=list)


def repair(database: Path, media: MediaPaths, options: RepairOptions, now: float, say: Say) -> bool:
    """Say what differs, mend it, and count; False when something was refused.

    Args:
        database: the file of the index; a damaged one is replaced as a start does.
        media: the folder of footage.
        options: what the user allows.
        now: Unix seconds; where events without an end are ended.
        say: prints a line.

    Raises: ConfigError when Picket is running; StoreError when the index cannot be used.
    """
    with claim(media.media):
        db = _open_to_look(database) if options.is_dry else _open_to_mend(database, media, now)
        try:
            return _Repair(db, media, options, say).run(now)
        finally:
            db.close()


def _open_to_look(database: Path) -> Database:
    if examine(database, is_thorough=True).condition is not Condition.SOUND:
        raise StoreError(
            "the index is damaged or missing; without --dry-run the newest backup is put in its"
            f" place, or it is made anew from the files: {database}"
        )
    return open_database(database, read_only=True)


def _open_to_mend(database: Path, media: MediaPaths, now: float) -> Database:
    make_ready(database, media, now)
    db = open_database(database, read_only=False)
    migrate(db, read_migrations())
    join_volume(db, media.media)
    return db


class _Repair:
    def __init__(self, db: Database, media: MediaPaths, options: RepairOptions, say: Say) -> None:
        volume = read_volume(media.media)
        takes_plain = volume is not None and volume.has_frigate_files
        self._rules = SurveyRules(media.recordings, takes_plain)
        self._db = db
        self._media = media
        self._options = options
        self._say = say

    def run(self, now: float) -> bool:
        """Plan, tell, mend."""
        plan = self._plan()
        self._describe(plan)
        is_own = belong(self._db, self._media.media)
        why_not = refusal(plan.rows, len(plan.gone), is_own_volume=is_own)
        if self._options.is_forced:
            why_not = None
        if why_not is not None:
            self._say(f"refused: {why_not}")
            plan.gone, plan.garbage = [], []
        if not self._options.is_dry:
            if self._options.is_forced:
                force_volume(self._db, self._media.media)
            self._carry_out(plan, now)
        return why_not is None

    def _plan(self) -> RepairPlan:
        plan = RepairPlan(count_segments(self._db), count_open_events(self._db))
        for hour in surveyed_hours(self._db, self._rules.recordings):
            survey = self._survey(hour)
            if survey.adoptable:
                plan.hours.append(hour)
                plan.adoptable += len(survey.adoptable)
            plan.gone += survey.gone
            plan.foreign += survey.foreign
            plan.garbage += survey.garbage
        return plan

    def _describe(self, plan: RepairPlan) -> None:
        self._say(f"{plan.rows} recordings in the index of {self._media.media}")
        self._say(f"{plan.adoptable} files without a row: they are entered")
        self._say(f"{len(plan.gone)} rows without a file: they are dropped")
        self._list([row.path for row in plan.gone])
        self._say(f"{plan.open_events} events without an end: they are ended")
        fate = "they are deleted" if self._options.deletes_garbage else "they stay"
        self._say(f"{len(plan.garbage)} files in which nothing whole is left: {fate}")
        self._list(plan.garbage)
        self._say(f"{len(plan.foreign)} files of other programs: they are left alone")
        self._list(plan.foreign)

    def _list(self, names: Sequence[str]) -> None:
        for name in names[:LISTED]:
            self._say(f"  {name}")
        if len(names) > LISTED:
            self._say(f"  and {len(names) - LISTED} more")

    def _carry_out(self, plan: RepairPlan, now: float) -> None:
        entered = 0
        for hour in plan.hours:
            found = self._survey(hour).adoptable
            adopt(self._db, found)
            entered += len(found)
        for _ in drop(self._db, self._rules.recordings, plan.gone):
            pass
        ended = close_open_events(self._db, now)
        garbage = plan.garbage if self._options.deletes_garbage else []
        freed_bytes = sum(remove_file(self._rules.recordings, name) for name in garbage)
        folders = remove_empty(self._rules.recordings)
        self._db.refresh_statistics()
        self._say(
            f"done: {entered} files entered, {len(plan.gone)} rows dropped, {ended} events ended,"
            f" {len(garbage)} files deleted ({freed_bytes >> 20} MiB), {folders} folders removed"
        )

    def _survey(self, hour: float) -> Survey:
        return finish(survey_hour(self._db, self._rules, hour))


def remove_empty(root: Path) -> int:
    """Remove every empty folder below a folder that nobody is writing to; how many there were."""
    folders = sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True)
    removed = 0
    for folder in folders:  # from the inside out
        if not any(folder.iterdir()):
            folder.rmdir()
            removed += 1
    return removed


def finish(steps: Generator[None, None, T]) -> T:
    """Carry a chore through at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
