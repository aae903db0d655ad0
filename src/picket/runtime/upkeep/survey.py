"""Looks at the recordings of an hour beside the rows of the hour; changes nothing."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from picket.domain.errors import MediaError
from picket.domain.segment import Segment
from picket.domain.timespan import TimeSpan
from picket.record.adopt import read_segment
from picket.record.adopt_plain import read_plain_name, read_plain_segment
from picket.record.reconciliation import FoundFile, compare
from picket.store.database import Database
from picket.store.reconcile_queries import IndexedFile, files_between, indexed_span

logger = logging.getLogger(__name__)

HOUR_S = 3600.0
DAY_S = 86_400.0
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """What is looked at, and how."""

    recordings: Path
    takes_plain_files: bool  # Frigate's files are ours as well
    settled_before: float = math.inf  # Unix seconds; files written to later are left alone


@dataclass(slots=True)
class Survey:
    """What is to be mended."""

    adoptable: list[Segment] = field(default_factory=list)  # readable files without a row
    gone: list[IndexedFile] = field(default_factory=list)  # rows without a file
    foreign: list[str] = field(default_factory=list)  # what others put there; left alone
    garbage: list[str] = field(default_factory=list)  # recordings in which nothing whole is left


def surveyed_hours(db: Database, recordings: Path) -> Iterator[float]:
    """Where each hour with files or rows begins, Unix seconds, the newest first."""
    span = indexed_span(db)
    starts = {_day_start(path.name) for path in _list(recordings)}
    days = {start for start in starts if start is not None}
    if span is not None:
        first, last = (int(time // DAY_S) for time in (span.start_time, span.end_time))
        days |= {day * DAY_S for day in range(first, last + 1)}
    for day in sorted(days, reverse=True):
        yield from (day + hour * HOUR_S for hour in range(23, -1, -1))


def survey_hour(
    db: Database, rules: SurveyRules, start_time: float
) -> Generator[None, None, Survey]:
    """Compare an hour's files with its rows, and read the files that have none, one at a step."""
    root, survey = rules.recordings, Survey()
    folder = f"{datetime.fromtimestamp(start_time, UTC):%Y-%m-%d/%H}"
    rows = files_between(db, TimeSpan(start_time, start_time + HOUR_S))
    difference = compare(_files(root, folder), rows, rules.settled_before)
    survey.gone = [row for row in difference.gone if not (root / row.path).exists()]
    for file in difference.unknown:
        _sort_in(survey, rules, file.path)
        yield
    return survey


def _list(folder: Path) -> list[Path]:
    """What is in a folder; nothing when it is not there."""
    return list(folder.iterdir()) if folder.is_dir() else []


def _day_start(name: str) -> float | None:
    if not _DAY.fullmatch(name):
        return None
    try:
        return datetime.strptime(f"{name}+0000", "%Y-%m-%d%z").timestamp()
    except ValueError:  # such as 2024-99-99
        return None


def _files(root: Path, folder: str) -> Iterator[FoundFile]:
    for camera in _list(root / folder):
        for path in _list(camera):
            try:
                yield FoundFile(path.relative_to(root).as_posix(), path.lstat().st_mtime)
            except OSError:  # retention was quicker
                continue


def _sort_in(survey: Survey, rules: SurveyRules, path: str) -> None:
    """Only what is named as a recording can be garbage; all else is somebody else's."""
    root, name = rules.recordings, read_plain_name(path)
    try:
        segment = read_segment(root, root / path)
        if segment is None and name is not None:
            segment = read_plain_segment(root, path, name)
            if not rules.takes_plain_files:
                segment, name = None, None
    except MediaError:
        segment = None
    except OSError as error:
        logger.error("a recording cannot be read (%s): %s", error.strerror, root / path)  # noqa: TRY400
        segment, name = None, None
    if segment is not None:
        survey.adoptable.append(segment)
    else:
        (survey.foreign if name is None else survey.garbage).append(path)
