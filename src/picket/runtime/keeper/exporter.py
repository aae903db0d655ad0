"""The keeper's exports: a thread writes one at a time, rows change in the keeper's turn."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from picket.domain.errors import PicketError, StoreError, Unavailable
from picket.domain.export import Export, ExportState
from picket.record.exports.names import partial_name
from picket.record.exports.tools import ExportTools
from picket.record.exports.watch import ExportStopped, Watch
from picket.record.files import FILES
from picket.runtime.keeper.export_commands import free_name, give_name
from picket.runtime.settings import Settings
from picket.store.database import Database, open_database, transaction
from picket.store.exports import active_exports, find_export, list_exports, put_export

logger = logging.getLogger(__name__)

NICENESS = 10
PROGRESS_STEP = 0.01  # a smaller advance is not worth a write to the disk
STOP_S = 1.0  # all that the keeper's own end may wait
RETRY_S = 60.0  # after the database or the disk refused


def make_exporter(db: Database, settings: Settings) -> Exporter:
    """The exporter of a running program."""
    config = settings.config

    def timelapse_args(camera: str) -> str:
        """Of the camera, which may have left the file since it was recorded."""
        section = config.cameras.get(camera, config)
        return section.record.export.timelapse_args

    open_index = partial(open_database, settings.database, read_only=True)
    return Exporter(db, ExportTools(settings.media, open_index, timelapse_args), time.time)


class Exporter:
    """Runs what is queued, oldest first; a job that is not wanted any more is stopped."""

    def __init__(self, db: Database, tools: ExportTools, wall: Callable[[], float]) -> None:
        self._db = db
        self._tools = tools
        self._exports = tools.media.exports
        self._wall = wall
        self._job: _Job | None = None
        self._is_recovered = False
        self._due = 0.0  # Unix seconds; later than now after something refused

    def turn(self) -> None:
        """Write down how far the running one is; begin the next one when there is none."""
        if self._wall() < self._due:
            return
        try:
            self._recover()
            self._follow()
            self._begin()
        except (StoreError, Unavailable, OSError) as error:
            logger.error("exports wait: %s", error)  # noqa: TRY400
            self._due = self._wall() + RETRY_S

    def stop(self) -> None:
        """Stop the running one; it begins anew at the next start."""
        if self._job is not None:
            self._job.watch.stop()
            self._job.join(STOP_S)

    def _recover(self) -> None:
        """Put right what an earlier life of this process left behind, once."""
        if self._is_recovered:
            return
        with transaction(self._db):
            for export in list_exports(self._db):
                if export.state is ExportState.DONE:
                    continue
                self._partial(export).unlink(missing_ok=True)
                if export.state is ExportState.RUNNING:
                    put_export(self._db, self._as_found(export))
        self._is_recovered = True

    def _as_found(self, export: Export) -> Export:
        """What was running is begun anew, unless only the last word about it is missing."""
        whole = self._exports / export.name
        if whole.is_file():
            return self._done(export, whole)
        return replace(export, state=ExportState.QUEUED, progress=0.0)

    def _follow(self) -> None:
        job = self._job
        if job is None:
            return
        row = find_export(self._db, job.export.id)
        if row is None or row.state is not ExportState.RUNNING:
            job.watch.stop()
            row = None
        if job.is_alive():
            if row and job.watch.progress - row.progress >= PROGRESS_STEP:
                put_export(self._db, replace(row, progress=job.watch.progress))
            return
        if row:
            self._finish(row, job)
        elif job.file:  # stopped when it was whole already
            job.file.unlink(missing_ok=True)
        self._job = None

    def _finish(self, row: Export, job: _Job) -> None:
        if job.file is None:
            logger.error("export %s failed: %s", row.name, job.error)
            failed = replace(row, state=ExportState.FAILED, error=job.error)
            put_export(self._db, replace(failed, finished_time=self._wall()))
            return
        if job.file == self._partial(row):  # else the database refused after that
            job.file = job.file.rename(self._exports / self._final_name(row))
            FILES.sync_folder(self._exports)
        with transaction(self._db):
            give_name(self._db, self._done(row, job.file), job.file.name)

    def _final_name(self, row: Export) -> str:
        """Its own, unless somebody put a file of that name there meanwhile."""
        if not os.path.lexists(self._exports / row.name):
            return row.name
        return free_name(self._db, self._exports, row.name)

    def _begin(self) -> None:
        waiting = active_exports(self._db)
        if self._job is not None or not waiting:
            return
        export = replace(waiting[0], state=ExportState.RUNNING)
        put_export(self._db, export)
        self._job = _Job(export, self._tools)
        self._job.start()

    def _partial(self, export: Export) -> Path:
        return self._exports / partial_name(export.camera, export.name)

    def _done(self, export: Export, file: Path) -> Export:
        return replace(
            export,
            state=ExportState.DONE,
            progress=1.0,
            finished_time=self._wall(),
            size_bytes=file.stat().st_size,
        )


class _Job(threading.Thread):
    """One export being written; look at it when it has ended."""

    def __init__(self, export: Export, tools: ExportTools) -> None:
        super().__init__(name="export", daemon=True)
        self.export = export
        self.watch = Watch()
        self.file: Path | None = None  # once it is whole
        self.error = "an internal error: the log has the details"
        self._tools = tools

    def run(self) -> None:
        # Not before: a keeper that never exports need not hold NumPy, a third of its memory.
        from picket.record.exports.job import write_export

        _step_back()
        with suppress(ExportStopped):
            try:
                self.file = write_export(self.export, self._tools, self.watch)
            except PicketError as error:
                self.error = str(error)
            except OSError as error:
                self.error = f"the file cannot be written: {error.strerror or error}"


def _step_back() -> None:
    """Let everybody else go first, at the processor and at the disk.

    On Linux both belong to a thread, and its children inherit them.
    """
    import psutil

    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    with suppress(psutil.Error, OSError):  # not every kernel knows the idle class
        psutil.Process(threading.get_native_id()).ionice(psutil.IOPRIO_CLASS_IDLE)
