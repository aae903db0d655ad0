from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from picket.config.paths import MediaPaths, prepare_media
from picket.domain.errors import ConfigError, StoreError
from picket.runtime.upkeep.repair import RepairOptions, remove_empty, repair
from picket.runtime.upkeep.volume import MARK_NAME, Volume, claim, write_volume
from picket.store.database import Database, open_database
from picket.store.events import put_event
from picket.store.reconcile_queries import count_open_events, count_segments
from picket.store.segments import put_segment
from tests.support.index_samples import NOON, make_event, make_index, make_segment
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.recordings import record_packets


@dataclass
class Broken:
    """An installation in which everything has gone wrong a little."""

    database: Path
    media: MediaPaths
    said: list[str] = field(default_factory=list)

    def open(self) -> Database:
        return open_database(self.database, read_only=True)

    def segments(self) -> int:
        db = self.open()
        count = count_segments(db)
        db.close()
        return count

    def repair(self, **options: bool) -> bool:
        self.said.clear()
        return repair(self.database, self.media, RepairOptions(**options), NOON, self.said.append)

    def files(self) -> list[str]:
        return sorted(p.name for p in self.media.recordings.rglob("*") if p.is_file())


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    media = MediaPaths(tmp_path / "media")
    prepare_media(media)
    database = tmp_path / "index.db"
    db = make_index(database)
    recorded = record_packets(STREAM_WITH_SOUND, with_sound(45), media.recordings).segments
    for segment in recorded[1:]:
        put_segment(db, segment)
    put_segment(db, make_segment(100))  # no file
    put_event(db, make_event(1, end_time=None))
    db.close()
    folder = media.recordings / "2024-01-15/12/front"
    (folder / "59.10.mp4").write_bytes(b"nothing")
    (folder / "notes.txt").write_bytes(b"mine")
    (media.recordings / "2024-01-10/07/back").mkdir(parents=True)
    return Broken(database, media)


def test_a_dry_run_tells_and_changes_nothing(broken: Broken) -> None:
    assert broken.repair()  # so that index and folder know each other
    (broken.media.recordings / "2024-01-09").mkdir()
    before = broken.database.read_bytes(), broken.files()
    assert broken.repair(is_dry=True, deletes_garbage=True)
    assert (broken.database.read_bytes(), broken.files()) == before
    assert (broken.media.recordings / "2024-01-09").exists()
    assert "1 files in which nothing whole is left: they are deleted" in broken.said


def test_everything_is_mended_but_garbage_and_what_is_not_ours(broken: Broken) -> None:
    before, files = broken.segments(), broken.files()
    assert broken.repair()
    assert broken.segments() == before  # one came, one went
    assert broken.files() == files
    db = broken.open()
    assert count_open_events(db) == 0
    db.close()
    assert not (broken.media.recordings / "2024-01-10").exists()
    assert broken.said[-1].startswith("done: 1 files entered, 1 rows dropped, 1 events ended")
    assert "  2024-01-15/12/front/59.10.mp4" in broken.said
    assert "1 files of other programs: they are left alone" in broken.said


def test_a_second_repair_finds_nothing(broken: Broken) -> None:
    broken.repair(deletes_garbage=True)
    assert broken.repair()
    assert broken.said[-1].startswith("done: 0 files entered, 0 rows dropped, 0 events ended")


def test_garbage_goes_only_when_asked(broken: Broken) -> None:
    assert broken.repair(deletes_garbage=True)
    assert "59.10.mp4" not in broken.files()
    assert "notes.txt" in broken.files()


def test_a_missing_disk_is_not_taken_for_deleted_footage(broken: Broken) -> None:
    broken.repair()
    rows = broken.segments()
    (broken.media.media / MARK_NAME).unlink()
    broken.media.recordings.rename(broken.media.media / "elsewhere")
    assert not broken.repair()
    assert broken.segments() == rows
    assert "mount" in broken.said[-2]
    assert broken.repair(is_forced=True)
    assert broken.segments() == 0
    assert broken.repair()


def test_nothing_is_deleted_in_a_folder_that_is_not_the_indexs_own(broken: Broken) -> None:
    broken.repair()
    write_volume(broken.media.media, Volume("another"))
    files = broken.files()
    assert not broken.repair(deletes_garbage=True)
    assert broken.files() == files
    assert broken.repair(deletes_garbage=True, is_forced=True)
    assert "59.10.mp4" not in broken.files()


def test_most_of_an_index_goes_only_when_forced(broken: Broken) -> None:
    db = open_database(broken.database, read_only=False)
    for number in range(200, 300):
        put_segment(db, make_segment(number))
    db.close()
    rows = broken.segments()
    assert not broken.repair()
    assert broken.segments() == rows + 1  # what has no row is entered all the same
    assert any("101 of 10" in line and "--force" in line for line in broken.said)
    assert broken.repair(is_forced=True)
    assert broken.segments() < 20


def test_a_lost_index_is_made_anew(broken: Broken) -> None:
    broken.repair()
    rows = broken.segments()
    broken.database.unlink()
    assert broken.repair()
    assert broken.segments() == rows


def test_a_dry_run_on_a_damaged_index_says_what_would_happen(broken: Broken) -> None:
    broken.database.write_bytes(b"milk" * 1000)
    with pytest.raises(StoreError, match="without --dry-run the newest backup"):
        broken.repair(is_dry=True)
    assert broken.database.read_bytes() == b"milk" * 1000


def test_nothing_is_mended_under_a_running_program(broken: Broken) -> None:
    with claim(broken.media.media), pytest.raises(ConfigError, match="stop it first"):
        broken.repair()


def test_only_empty_folders_go(tmp_path: Path) -> None:
    for name in ("a/b/c", "a/d", "e"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "a/d/file").touch()
    assert remove_empty(tmp_path) == 3
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "d", "file"]
