"""The keeper: the only writer of the index."""

from __future__ import annotations

import logging
import math
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from picket.config.paths import MediaPaths
from picket.domain.errors import (
    InvalidRequest,
    NotFound,
    StoreDamaged,
    StoreError,
    Unavailable,
)
from picket.ipc.changes import (
    Command,
    ExportCommand,
    Refusal,
    StoreAnswer,
    StoreCommand,
    SuppressionCommand,
)
from picket.ipc.channel import Channel, wait_readable
from picket.ipc.messages import (
    Acknowledged,
    ConfigChanged,
    KeeperReady,
    Numbered,
    SegmentWritten,
    SuppressionsChanged,
    WorkerStarted,
)
from picket.runtime.child import is_orphan
from picket.runtime.keeper.chores import Chores, ChoreTools
from picket.runtime.keeper.commands import carry_out, remove_pictures
from picket.runtime.keeper.export_commands import carry_out_export
from picket.runtime.keeper.exporter import make_exporter
from picket.runtime.keeper.gap_tally import GapTally
from picket.runtime.keeper.keeping import Bookkeeper
from picket.runtime.keeper.learning import Lessons
from picket.runtime.keeper.tally import Clocks, KeeperTally
from picket.runtime.settings import Settings
from picket.runtime.upkeep.backups import BackupPlaces
from picket.runtime.upkeep.care import HOUR_S, BackupPlan, IndexCare
from picket.runtime.wiring import KeeperWires
from picket.store.database import Database, open_database, transaction
from picket.store.gaps import find_gaps
from picket.store.suppressions import list_suppressions

logger = logging.getLogger(__name__)

WAIT_S = 0.5
BREATH_S = 0.05  # between two turns of chores, so that they take half a core and disk at most
BATCH = 500  # messages in one transaction
RETRY_S = 5.0  # after the database refused a transaction
LAST_RECORDS_S = 8.0
"""How long workers that lost their parent may take to end: they notice it within a second, and what
comes then is bounded too (`worker.process`). `main` anew waits longer (`program.LOCK_WAIT_S`)."""


@dataclass(frozen=True, slots=True)
class _Letter:
    sender: Channel
    message: Numbered | StoreCommand


@dataclass(frozen=True, slots=True)
class _Duties:
    """What is to be done beside writing down, and wants to know of what is written."""

    chores: Chores
    care: IndexCare | None
    lessons: Lessons
    tally: KeeperTally


def run_keeper(settings: Settings, wires: KeeperWires, stop: threading.Event) -> None:
    """Write down what the workers tell and what clients command, and clean up in between."""
    db = open_database(settings.database, read_only=False)
    tools = ChoreTools(time.time, time.monotonic, shutil.disk_usage)
    chores = Chores(db, settings.config, settings.media, tools)
    exporter = make_exporter(db, settings)
    care = _make_care(db, settings)
    lessons = Lessons(db, wires.workers, time.monotonic)
    tally = _make_tally(db, chores)
    keeper = _Keeper(db, settings.media, wires, _Duties(chores, care, lessons, tally))
    keeper.greet()
    while not stop.is_set():
        has_more = chores.turn()
        exporter.turn()
        lessons.turn()
        if care is not None:
            care.turn()
        keeper.turn(BREATH_S if has_more else WAIT_S, stop.wait)
        tally.tell(wires.server)
    keeper.write_last(time.monotonic, stop.wait)
    exporter.stop()
    if care is not None:
        care.stop()
    db.close()


def _make_tally(db: Database, chores: Chores) -> KeeperTally:
    now = time.time()
    try:
        lasting = [gap for gap in find_gaps(db, None, now, math.inf) if gap.end_time is None]
    except (StoreError, Unavailable):  # it is told of again when records are to be written
        lasting = []
    return KeeperTally(GapTally(lasting, now), chores.disposal, Clocks(time.time, time.monotonic))


def _make_care(db: Database, settings: Settings) -> IndexCare | None:
    """None for an index on a server, which looks after its own files."""
    if not isinstance(settings.database, Path):
        return None
    backup = settings.config.database.backup
    places = BackupPlaces.of(settings.database, settings.media)
    return IndexCare(db, BackupPlan(places, backup.interval * HOUR_S, backup.keep), time.time)


class _Keeper:
    def __init__(
        self,
        db: Database,
        media: MediaPaths,
        wires: KeeperWires,
        duties: _Duties,
    ) -> None:
        self._db = db
        self._bookkeeper = Bookkeeper(media.recordings, duties.tally.gaps.note)
        self._clips = media.clips
        self._exports = media.exports
        self._unneeded: list[str] = []  # pictures that lose their event with this commit
        self._wires = wires
        self._duties = duties

    def greet(self) -> None:
        """Tell every worker to send again what was not acknowledged."""
        for worker in self._wires.workers:
            worker.send(KeeperReady())

    def write_last(self, monotonic: Callable[[], float], pause: Callable[[float], bool]) -> None:
        """Write what was sent before the end.

        `main` stops the workers first. When it is gone they end beside the keeper, which then stays
        until the last of them has let go of its pipe.
        """
        deadline = monotonic() + LAST_RECORDS_S
        while monotonic() < deadline:
            is_awaited = is_orphan() and not all(w.is_over for w in self._wires.workers)
            if not self.turn(WAIT_S if is_awaited else 0.0, pause) and not is_awaited:
                return

    def turn(self, timeout_s: float, pause: Callable[[float], bool]) -> bool:
        """Read what waits, commit it in one transaction, answer; False when nothing waited."""
        letters = self._read(timeout_s)
        if not letters:
            return False
        self._unneeded.clear()
        started = time.monotonic()
        try:
            answers = self._write(letters)
            self._duties.tally.committed(time.monotonic() - started)
            self._announce_suppressions(letters)
        except (StoreError, Unavailable) as error:
            # Nothing is acknowledged, so the workers keep it; the recordings go on meanwhile.
            logger.error("the database refuses to write: %s", error)  # noqa: TRY400
            self._duties.tally.refused()
            if isinstance(error, StoreDamaged) and self._duties.care is not None:
                self._duties.care.note_damage()
            pause(RETRY_S)
            self.greet()
            return True
        remove_pictures(self._clips, self._unneeded)
        for channel, answer in answers:
            channel.send(answer)
        for letter in letters:
            if isinstance(letter.message, Numbered):
                self._duties.lessons.note(letter.message.record)
                self._duties.tally.note(letter.message.record)
        if any(_closes_segment(letter.message) for letter in letters):
            self._duties.chores.segment_closed()
        return True

    def _read(self, timeout_s: float) -> list[_Letter]:
        letters: list[_Letter] = []
        channels = [*self._wires.workers, self._wires.server]
        for channel in wait_readable(channels, timeout_s):
            while len(letters) < BATCH and (message := channel.receive()) is not None:
                if isinstance(message, ConfigChanged):
                    self._duties.chores.adopt(message.config)
                else:
                    letters.append(_Letter(channel, message))
        return letters

    def _write(self, letters: list[_Letter]) -> list[tuple[Channel, Acknowledged | StoreAnswer]]:
        answers: list[tuple[Channel, Acknowledged | StoreAnswer]] = []
        newest: dict[tuple[int, str], tuple[Channel, Acknowledged]] = {}
        with transaction(self._db):
            for letter in letters:
                match letter.message:
                    case Numbered(boot, number, record):
                        self._bookkeeper.write(self._db, record)
                        key = (letter.sender.fileno(), boot)
                        newest[key] = (letter.sender, Acknowledged(boot, number))
                    case StoreCommand(request, command):
                        answers.append((letter.sender, self._obey(request, command)))
        return [*newest.values(), *answers]

    def _announce_suppressions(self, letters: list[_Letter]) -> None:
        """To every worker when they changed, and to a worker that has just begun."""
        has_change = any(_is_about_suppressions(letter.message) for letter in letters)
        begun = [letter.sender for letter in letters if _begins_worker(letter.message)]
        receivers = self._wires.workers if has_change else begun
        if not receivers:
            return
        news = SuppressionsChanged(tuple(list_suppressions(self._db, with_thumbnails=False)))
        for worker in receivers:
            worker.send(news)

    def _obey(self, request: int, command: Command) -> StoreAnswer:
        try:
            if isinstance(command, ExportCommand):
                carry_out_export(self._db, self._exports, command)
            else:
                self._unneeded += carry_out(self._db, command)
        except NotFound as error:
            return StoreAnswer(request, str(error))
        except InvalidRequest as error:
            return StoreAnswer(request, str(error), Refusal.INVALID)
        except OSError as error:
            message = f"the exports folder cannot be changed: {error.strerror}"
            return StoreAnswer(request, message, Refusal.UNAVAILABLE)
        return StoreAnswer(request)


def _closes_segment(message: Numbered | StoreCommand) -> bool:
    record = message.record if isinstance(message, Numbered) else None
    return isinstance(record, SegmentWritten) and record.segment.is_closed


def _begins_worker(message: Numbered | StoreCommand) -> bool:
    return isinstance(message, Numbered) and isinstance(message.record, WorkerStarted)


def _is_about_suppressions(message: Numbered | StoreCommand) -> bool:
    return isinstance(message, StoreCommand) and isinstance(message.command, SuppressionCommand)
