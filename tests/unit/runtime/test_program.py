"""What `main` does before anyone else starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.paths import MediaPaths, prepare_media
from picket.domain.errors import ConfigError
from picket.runtime.program import prepare_store
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


def test_a_folder_for_the_index_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    media = MediaPaths(tmp_path / "media")
    prepare_media(media)
    (tmp_path / "file").touch()
    index = tmp_path / "file" / "picket.db"
    settings = Settings(make_config(), tmp_path / "c.yml", media, index, "127.0.0.1", 5000, NOON)
    with pytest.raises(ConfigError, match="--database"):
        prepare_store(settings)
