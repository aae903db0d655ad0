"""What `main` does before anyone else starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.paths import MediaPaths, prepare_media
from picket.domain.errors import ConfigError, StoreError
from picket.runtime.program import prepare_store, take_lock
from picket.runtime.settings import Settings
from picket.store.counts import counts_agree
from picket.store.database import open_database
from picket.store.events import put_event
from tests.support.index_samples import EVENT, NOON, make_index
from tests.support.stored_media import make_config


def test_counts_that_were_left_behind_are_mended_at_the_start(tmp_path: Path) -> None:
    media = MediaPaths(tmp_path / "media")
    prepare_media(media)
    db = make_index(tmp_path / "index.db")
    put_event(db, EVENT)
    db.execute("DELETE FROM event_count")
    db.close()
    config, file, index = make_config(), tmp_path / "config.yml", tmp_path / "index.db"
    prepare_store(Settings(config, file, media, index, "127.0.0.1", 5000, NOON))
    db = open_database(tmp_path / "index.db", read_only=True)
    assert counts_agree(db)
    db.close()


def test_an_index_that_another_program_uses_is_refused_with_a_cure(tmp_path: Path) -> None:
    database = tmp_path / "new" / "picket.db"
    lock = take_lock(database, timeout_s=0)
    with pytest.raises(StoreError, match="another Picket uses this database: stop it"):
        take_lock(database, timeout_s=0)
    lock.close()
    take_lock(database, timeout_s=0).close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="--database"):
        take_lock(tmp_path / "file" / "picket.db", timeout_s=0)
