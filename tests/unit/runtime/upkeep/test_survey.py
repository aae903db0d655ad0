from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.runtime.upkeep.repair import finish
from picket.runtime.upkeep.survey import Survey, SurveyRules, survey_hour, surveyed_hours
from picket.store.database import Database, transaction
from picket.store.segments import put_segment
from tests.support.index_samples import NOON, make_index, make_segment
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.plain_files import make_plain
from tests.support.recordings import record_packets

HOUR_S = 3600.0
FOLDER = "2024-01-15/12/front"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = make_index(tmp_path / "index.db")
    yield database
    database.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "recordings").mkdir()
    return tmp_path / "recordings"


def look(db: Database, root: Path, *, takes_plain: bool = False) -> Survey:
    return finish(survey_hour(db, SurveyRules(root, takes_plain), NOON))


def test_hours_with_files_or_rows_are_told_newest_first(db: Database, root: Path) -> None:
    assert list(surveyed_hours(db, root)) == []
    for name in ("2024-01-15", "2024-01-17", "2024-99-99", "notes"):
        (root / name).mkdir()
    put_segment(db, make_segment())
    put_segment(db, make_segment(1, start_time=NOON + 24 * HOUR_S))
    hours = list(surveyed_hours(db, root))
    first = NOON - 12 * HOUR_S
    assert hours == [first + n * HOUR_S for n in range(71, -1, -1)]


def test_what_is_known_and_there_is_no_difference(db: Database, root: Path) -> None:
    recorded = record_packets(STREAM_WITH_SOUND, with_sound(25), root)
    with transaction(db):
        for segment in recorded.segments:
            put_segment(db, segment)
    assert look(db, root) == Survey()


def test_a_recording_without_a_row_is_read(db: Database, root: Path) -> None:
    recorded = record_packets(STREAM_WITH_SOUND, with_sound(25), root)
    found = look(db, root)
    assert [one.id for one in found.adoptable] == [one.id for one in recorded.segments]
    assert (found.gone, found.foreign, found.garbage) == ([], [], [])


def test_a_row_without_a_file_is_told_unless_it_is_being_written(db: Database, root: Path) -> None:
    put_segment(db, make_segment(1))
    put_segment(db, make_segment(2, is_closed=False))
    assert [one.id for one in look(db, root).gone] == [make_segment(1).id]


def test_a_file_in_an_unusual_place_is_not_gone(db: Database, root: Path) -> None:
    put_segment(db, make_segment(path="elsewhere/door.mp4"))
    make_plain(root / "elsewhere" / "door.mp4")
    assert look(db, root).gone == []


def test_files_of_frigate_are_somebody_elses_until_they_are_handed_over(
    db: Database, root: Path
) -> None:
    make_plain(root / FOLDER / "00.10.mp4")
    assert look(db, root).foreign == [f"{FOLDER}/00.10.mp4"]
    found = look(db, root, takes_plain=True)
    assert [one.path for one in found.adoptable] == [f"{FOLDER}/00.10.mp4"]


def test_only_what_is_named_as_a_recording_can_be_garbage(db: Database, root: Path) -> None:
    folder = root / FOLDER
    make_plain(folder / "door.mp4")
    for name in ("notes.txt", "broken.mp4", "00.20.mp4", "00.30-2.mp4", "00.40.mp4"):
        (folder / name).write_bytes(b"" if name == "00.40.mp4" else b"nothing of use" * 9)
    found = look(db, root)
    assert sorted(found.garbage) == [f"{FOLDER}/00.{n}.mp4" for n in ("20", "30-2", "40")]
    assert sorted(found.foreign) == [
        f"{FOLDER}/{name}" for name in ("broken.mp4", "door.mp4", "notes.txt")
    ]


def test_files_that_are_being_written_are_left_alone(db: Database, root: Path) -> None:
    file = make_plain(root / FOLDER / "00.10.mp4")
    os.utime(file, (NOON, NOON))
    for settled_before, expected in ((NOON, 0), (NOON + 1, 1)):
        rules = SurveyRules(root, takes_plain_files=True, settled_before=settled_before)
        assert len(finish(survey_hour(db, rules, NOON)).adoptable) == expected
