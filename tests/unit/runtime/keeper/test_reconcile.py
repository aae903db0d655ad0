from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.runtime.keeper.reconcile import LOOK_BACK_S, adopt_recent
from picket.store.database import Database, transaction
from picket.store.segments import delete_segments, find_segments, put_segment
from tests.support.index_samples import make_index
from tests.support.recordings import START, Recorded, record, video_path


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = make_index(tmp_path / "picket.db")
    yield database
    database.close()


@pytest.fixture
def recorded(tmp_path: Path) -> Recorded:
    return record(video_path("street_people_gt.mp4"), tmp_path, loops=4)


def index(db: Database, recorded: Recorded) -> None:
    with transaction(db):
        for segment in recorded.segments:
            put_segment(db, segment)


def test_a_file_without_a_row_is_adopted_as_it_was(
    db: Database, tmp_path: Path, recorded: Recorded
) -> None:
    index(db, recorded)
    lost = recorded.segments[-1]
    with transaction(db):
        delete_segments(db, [lost.id])
        assert adopt_recent(db, tmp_path, now=START + 60).adopted == 1
    found = find_segments(db, "front", START, START + 60)
    assert [s.id for s in found] == [s.id for s in recorded.segments]
    assert found[-1].fragments == lost.fragments
    assert found[-1].end_time == pytest.approx(lost.end_time, abs=0.01)


def test_nothing_is_adopted_when_every_file_has_its_row(
    db: Database, tmp_path: Path, recorded: Recorded
) -> None:
    index(db, recorded)
    with transaction(db):
        assert adopt_recent(db, tmp_path, now=START + 60).adopted == 0


def test_files_that_are_not_ours_are_left_alone(
    db: Database, tmp_path: Path, recorded: Recorded
) -> None:
    index(db, recorded)
    stranger = (tmp_path / recorded.segments[0].path).with_name("59.59.mp4")
    stranger.write_bytes(b"not a recording")
    with transaction(db):
        assert adopt_recent(db, tmp_path, now=START + 60).adopted == 0
    assert stranger.exists()


def test_an_empty_index_takes_what_is_recent_and_not_older_files(
    db: Database, tmp_path: Path, recorded: Recorded
) -> None:
    with transaction(db):
        assert adopt_recent(db, tmp_path, now=START + 2 * LOOK_BACK_S).adopted == 0
        assert adopt_recent(db, tmp_path, now=START + 60).adopted == len(recorded.segments)


def test_a_file_that_never_got_its_first_second_is_removed(
    db: Database, tmp_path: Path, recorded: Recorded
) -> None:
    index(db, recorded)
    path = tmp_path / recorded.segments[0].path
    empty, torn = path.with_name("59.58.mp4"), path.with_name("59.59.mp4")
    empty.touch()
    torn.write_bytes(path.read_bytes()[:100])
    with transaction(db):
        assert adopt_recent(db, tmp_path, now=START + 60).adopted == 0
    assert not empty.exists()
    assert not torn.exists()


def test_an_adopted_file_ends_with_its_last_whole_fragment(
    db: Database, tmp_path: Path, recorded: Recorded
) -> None:
    lost = recorded.segments[-1]
    with (tmp_path / lost.path).open("ab") as file:
        file.write(b"torn")
    with transaction(db):
        adopt_recent(db, tmp_path, now=START + 60)
    assert (tmp_path / lost.path).stat().st_size == lost.size_bytes
