from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.database import DatabaseConfig, DatabaseUrl
from picket.config.paths import (
    GivenPaths,
    MediaPaths,
    Paths,
    database_place,
    prepare_media,
    resolve_paths,
)
from picket.domain.errors import ConfigError

URL = "postgresql://nvr:hush@host/index"
ENV = {"CONFIG_FILE": "/e/c.json", "PICKET_MEDIA": "/e/media", "PICKET_DATABASE": "/e/db"}


def test_frigate_s_places_are_the_default() -> None:
    paths = resolve_paths({})
    assert str(paths.media.recordings) == "/media/frigate/recordings"
    assert str(paths.media.clips) == "/media/frigate/clips"
    assert str(paths.media.exports) == "/media/frigate/exports"


def test_the_environment_moves_them_and_arguments_win() -> None:
    paths = resolve_paths(ENV)
    assert paths == Paths(Path("/e/c.json"), MediaPaths(Path("/e/media")), Path("/e/db"))
    given = GivenPaths(Path("/g/c.json"), Path("/g/media"), Path("/g/db"))
    assert resolve_paths(ENV, given).media.media == Path("/g/media")
    assert database_place(resolve_paths(ENV, given), DatabaseConfig(url=URL)) == Path("/g/db")


def test_a_yaml_file_beside_a_yml_file_wins(tmp_path: Path) -> None:
    yml = tmp_path / "config.yml"
    assert resolve_paths({}, GivenPaths(config=yml)).config == yml
    (tmp_path / "config.yaml").touch()
    assert resolve_paths({}, GivenPaths(config=yml)).config == tmp_path / "config.yaml"


def test_a_database_of_the_user_s_own_stays_where_it_is(tmp_path: Path) -> None:
    paths = resolve_paths({}, GivenPaths(media=tmp_path))
    assert database_place(paths, DatabaseConfig(path="/nowhere/x.db")) == Path("/nowhere/x.db")


def test_an_address_wins_over_the_file_of_the_configuration(tmp_path: Path) -> None:
    paths = resolve_paths({}, GivenPaths(media=tmp_path))
    assert database_place(paths, DatabaseConfig(path="/x.db", url=URL)) == DatabaseUrl(URL)


def test_media_folders_are_made(tmp_path: Path) -> None:
    media = MediaPaths(tmp_path / "a" / "b")
    prepare_media(media)
    assert media.recordings.is_dir()
    assert media.exports.is_dir()


def test_media_folders_that_cannot_be_made_name_the_cure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="PICKET_MEDIA"):
        prepare_media(MediaPaths(tmp_path / "file"))
