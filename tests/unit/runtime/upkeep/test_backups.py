from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from picket.config.paths import MediaPaths
from picket.domain.errors import StoreDamaged, Unavailable
from picket.runtime.upkeep.backups import BackupPlaces, make_backup
from picket.store.database import Database, open_database
from picket.store.events import find_event
from tests.support.damage import spoil_pages
from tests.support.index_samples import NOON, make_event

DAY_S = 86_400.0


def no_pause() -> None:
    pass


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_lies_in_both_places_and_can_be_opened(
    db: Database, places: BackupPlaces, tmp_path: Path, media: MediaPaths
) -> None:
    made = make_backup(places, 3, NOON, no_pause)
    assert made == tmp_path / "config" / "backups" / "frigate-20240115T120000Z.db"
    other = media.media / "backups" / made.name
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (made, other)}
    assert len(digests) == 1
    copy = open_database(made, read_only=True)
    assert find_event(copy, make_event(7).id) == make_event(7)
    copy.close()


def test_the_newest_stay(db: Database, places: BackupPlaces, media: MediaPaths) -> None:
    stranger = media.media / "backups" / "notes.txt"
    stranger.parent.mkdir()
    stranger.touch()
    for day in range(5):
        make_backup(places, 3, NOON + day * DAY_S, no_pause)
    for folder in places.folders:
        found = [name for name in names(folder) if name != "notes.txt"]
        assert found == [f"frigate-202401{day}T120000Z.db" for day in (17, 18, 19)]
    assert stranger.exists()
    assert [path.name for path in places.newest_first()][:2] == ["frigate-20240119T120000Z.db"] * 2


def test_a_damaged_index_is_told_and_drives_no_good_copy_out(
    db: Database, places: BackupPlaces, database: Path
) -> None:
    good = make_backup(places, 1, NOON, no_pause)
    db.close()
    spoil_pages(database)
    with pytest.raises(StoreDamaged, match="damaged"):
        make_backup(places, 1, NOON + DAY_S, no_pause)
    for folder in places.folders:
        assert names(folder) == [good.name]


def test_a_backup_that_is_given_up_leaves_nothing(db: Database, places: BackupPlaces) -> None:
    def stop() -> None:
        raise Unavailable("stop")

    with pytest.raises(Unavailable):
        make_backup(places, 3, NOON, stop)
    assert names(places.folders[0]) == []


def test_one_place_that_refuses_does_not_spoil_the_other(
    db: Database, places: BackupPlaces, media: MediaPaths, caplog: pytest.LogCaptureFixture
) -> None:
    (media.media / "backups").write_text("in the way")
    assert make_backup(places, 3, NOON, no_pause).exists()
    assert "second copy" in caplog.text


def test_a_disk_without_room_is_asked_before(
    db: Database, places: BackupPlaces, database: Path
) -> None:
    os.truncate(database, 1 << 43)  # sparse: it takes no room and claims 8 TiB
    with pytest.raises(Unavailable, match="make room"):
        make_backup(places, 3, NOON, no_pause)


def test_an_index_in_the_media_folder_has_one_place(media: MediaPaths) -> None:
    places = BackupPlaces.of(media.media / "picket.db", media)
    assert places.folders == (media.media / "backups",)
