"""What `main` does before anyone else starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.database import DatabaseUrl
from picket.config.paths import MediaPaths, prepare_media
from picket.domain.errors import ConfigError, Unavailable
from picket.runtime.program import prepare_store
from picket.runtime.settings import Settings
from picket.runtime.upkeep.volume import Volume, write_volume
from picket.store.counts import counts_agree
from picket.store.database import open_database
from picket.store.events import put_event
from picket.store.upkeep import Task, find_upkeep
from tests.support.index_samples import EVENT, NOON, make_index
from tests.support.postgres_server import PostgresServer, postgres_server
from tests.support.stored_media import make_config


def make_settings(folder: Path, place: Path | DatabaseUrl) -> Settings:
    media = MediaPaths(folder / "media")
    prepare_media(media)
    file = folder / "config.yml"
    return Settings(make_config(), file, media, place, "127.0.0.1", 5000, NOON)


def test_counts_that_were_left_behind_are_mended_at_the_start(tmp_path: Path) -> None:
    db = make_index(tmp_path / "index.db")
    put_event(db, EVENT)
    db.execute("DELETE FROM event_count")
    db.close()
    prepare_store(make_settings(tmp_path, tmp_path / "index.db"))
    db = open_database(tmp_path / "index.db", read_only=True)
    assert counts_agree(db)
    db.close()


def test_an_index_is_made_where_the_configuration_says(
    tmp_path: Path, place: Path | DatabaseUrl
) -> None:
    prepare_store(make_settings(tmp_path, place))
    db = open_database(place, read_only=True)
    assert "event" in db.tables()
    db.close()


def test_an_empty_server_is_filled_from_a_folder_with_footage(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    settings = make_settings(tmp_path, postgres.make_place())
    write_volume(settings.media.media, Volume("mine"))
    prepare_store(settings)
    db = open_database(settings.database, read_only=True)
    noted = find_upkeep(db, Task.RECONCILE)
    assert noted is not None
    assert noted.outcome == "under way"
    db.close()


def test_a_server_that_comes_late_is_waited_for(tmp_path: Path) -> None:
    with postgres_server() as server:
        place = server.make_place()
        server.stop()
        pauses = []

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            server.start()

        prepare_store(make_settings(tmp_path, place), pause)
    assert len(pauses) == 1


def test_a_server_that_does_not_come_is_told_after_a_minute(tmp_path: Path) -> None:
    nowhere = DatabaseUrl("postgresql://nvr:hush@127.0.0.1:1/index")
    pauses: list[float] = []
    with pytest.raises(Unavailable, match="cannot be reached") as caught:
        prepare_store(make_settings(tmp_path, nowhere), pauses.append)
    assert sum(pauses) == 60
    assert "hush" not in str(caught.value)


def test_a_folder_for_the_index_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = make_settings(tmp_path, tmp_path / "file" / "picket.db")
    with pytest.raises(ConfigError, match="--database"):
        prepare_store(settings)
