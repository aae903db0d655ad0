"""An index with something in it, and a media folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.config.paths import MediaPaths, prepare_media
from picket.runtime.upkeep.backups import BackupPlaces
from picket.runtime.upkeep.volume import join_volume
from picket.store.database import Database, transaction
from picket.store.events import put_event
from tests.support.index_samples import make_event, make_index


@pytest.fixture
def media(tmp_path: Path) -> MediaPaths:
    paths = MediaPaths(tmp_path / "media")
    prepare_media(paths)
    return paths


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path / "config" / "frigate.db"


@pytest.fixture
def db(database: Path, media: MediaPaths) -> Iterator[Database]:
    opened = make_index(database)
    join_volume(opened, media.media)
    with transaction(opened):
        for number in range(300):
            put_event(opened, make_event(number))
    yield opened
    opened.close()


@pytest.fixture
def places(database: Path, media: MediaPaths) -> BackupPlaces:
    return BackupPlaces.of(database, media)
