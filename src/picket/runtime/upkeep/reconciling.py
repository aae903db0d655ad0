"""The keeper's chore that brings index and files in line while everything runs."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from picket.config.paths import MediaPaths
from picket.domain.segment import Segment
from picket.record.reconciliation import refusal
from picket.runtime.upkeep.survey import SurveyRules, survey_hour, surveyed_hours
from picket.runtime.upkeep.volume import belong, read_volume
from picket.store.database import Database, transaction
from picket.store.reconcile_queries import IndexedFile, count_segments
from picket.store.segments import delete_segments, put_segment
from picket.store.upkeep import Task, Upkeep, put_upkeep

logger = logging.getLogger(__name__)

SETTLING_S = 600.0  # a file written to so lately may be waiting for its row
T = TypeVar("T")

STEP = 50  # rows written before control is handed back


class Reconciliation:
    """Enters files without a row, newest first, then drops rows without a file."""

    def __init__(self, db: Database, media: MediaPaths) -> None:
        self._db = db
        self._media = media

    def run(self, now: float) -> Generator[None]:
        """Mend the difference at `now` (Unix seconds), in steps; nothing is deleted but rows."""
        volume = read_volume(self._media.media)
        takes_plain = volume is not None and volume.has_frigate_files
        rules = SurveyRules(self._media.recordings, takes_plain, now - SETTLING_S)
        gone: list[IndexedFile] = []
        adopted = 0
        for hour in surveyed_hours(self._db, rules.recordings):
            survey = yield from survey_hour(self._db, rules, hour)
            for batch in batches(survey.adoptable, STEP):
                adopt(self._db, batch)
                yield
            adopted += len(survey.adoptable)
            gone += survey.gone
            yield
        is_own = belong(self._db, self._media.media)
        why_not = refusal(count_segments(self._db), len(gone), is_own_volume=is_own)
        if why_not is None:
            yield from drop(self._db, rules.recordings, gone)
        self._tell(adopted, len(gone), why_not, now)

    def _tell(self, adopted: int, gone: int, why_not: str | None, now: float) -> None:
        if why_not is not None:
            logger.error("%s", why_not)
        outcome = why_not or f"entered {adopted} recordings, dropped {gone} rows without a file"
        if adopted or gone:
            logger.info("index and files were compared: %s", outcome)
        put_upkeep(self._db, Upkeep(Task.RECONCILE, now, why_not is None, outcome))


def adopt(db: Database, segments: Iterable[Segment]) -> None:
    """Write rows for files."""
    with transaction(db):
        for segment in segments:
            put_segment(db, segment)


def drop(db: Database, recordings: Path, gone: Iterable[IndexedFile]) -> Iterator[None]:
    """Forget files, except those that have come back meanwhile; in steps."""
    for batch in batches(gone, STEP):
        with transaction(db):
            delete_segments(db, (one.id for one in batch if not (recordings / one.path).exists()))
        yield


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Values in lists of at most `size`."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
