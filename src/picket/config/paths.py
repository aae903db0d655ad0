"""Where the program keeps things: arguments, then environment, then Frigate's places."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from picket.config.database import DEFAULT_DATABASE_PATH, DatabaseConfig, DatabaseUrl
from picket.domain.errors import ConfigError

DEFAULT_MEDIA = Path("/media/frigate")
DEFAULT_CONFIG = Path("/config/config.yml")
DATABASE_NAME = Path(DEFAULT_DATABASE_PATH).name


@dataclass(frozen=True, slots=True)
class MediaPaths:
    """The folder of footage and what lies in it."""

    media: Path

    @property
    def recordings(self) -> Path:
        """Segments, `YYYY-MM-DD/HH/<camera>/MM.SS.mp4` in UTC."""
        return self.media / "recordings"

    @property
    def clips(self) -> Path:
        """Pictures of events."""
        return self.media / "clips"

    @property
    def residents(self) -> Path:
        """What stands about in each camera's picture, `<camera>.json`."""
        return self.media / "residents"

    @property
    def movements(self) -> Path:
        """How long each camera takes to turn, `<camera>.json`."""
        return self.media / "movements"

    @property
    def notifications(self) -> Path:
        """What must still be told, and the key for web push."""
        return self.media / "notifications"

    @property
    def statistics(self) -> Path:
        """How the program was doing, `YYYY-MM-DD.jsonl`."""
        return self.media / "statistics"

    @property
    def exports(self) -> Path:
        """Footage saved by the user."""
        return self.media / "exports"


@dataclass(frozen=True, slots=True)
class GivenPaths:
    """What was named on the command line; None where nothing was."""

    config: Path | None = None
    media: Path | None = None
    database: Path | None = None


@dataclass(frozen=True, slots=True)
class Paths:
    """Every place that is known before the configuration is read."""

    config: Path
    media: MediaPaths
    database: Path | None  # None: the file's `database` decides


def resolve_paths(env: Mapping[str, str], given: GivenPaths | None = None) -> Paths:
    """Argument, then CONFIG_FILE, PICKET_MEDIA and PICKET_DATABASE, then Frigate's places.

    Beside a `config.yml` a `config.yaml` wins, as in Frigate. Nothing is created.
    """
    given = given or GivenPaths()
    database = given.database or _path(env, "PICKET_DATABASE")
    return Paths(
        config=_prefer_yaml(given.config or _path(env, "CONFIG_FILE") or DEFAULT_CONFIG),
        media=MediaPaths(given.media or _path(env, "PICKET_MEDIA") or DEFAULT_MEDIA),
        database=database,
    )


def database_place(paths: Paths, configured: DatabaseConfig) -> Path | DatabaseUrl:
    """The file of the SQLite database, or the address of the PostgreSQL database.

    Args:
        paths: the places; a file named there wins.
        configured: the file's `database`; its `url` wins over its `path`. The default of `path`
            moves next to the media folder's content where /config cannot be written; a path of the
            user's own does not.
    """
    if paths.database:
        return paths.database
    if configured.url:
        return DatabaseUrl(configured.url)
    path = Path(configured.path)
    if configured.path == DEFAULT_DATABASE_PATH and not _is_writable(path):
        return paths.media.media / DATABASE_NAME
    return path


def prepare_media(paths: MediaPaths) -> None:
    """Create the media folders.

    Raises: ConfigError when that is not possible, or they cannot be written.
    """
    for folder in (paths.recordings, paths.clips, paths.exports, paths.residents):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(_cure(error.strerror or "", folder)) from None
        if not os.access(folder, os.W_OK | os.X_OK):
            raise ConfigError(_cure("it is not writable", folder))


def _cure(reason: str, folder: Path) -> str:
    return (
        f"the media folder cannot be used ({reason}): create it for this user, or name another"
        f" one with --media or PICKET_MEDIA: {folder}"
    )


def _path(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]) if env.get(name) else None


def _prefer_yaml(path: Path) -> Path:
    other = path.with_suffix(".yaml")
    return other if path.suffix == ".yml" and other.is_file() else path


def _is_writable(path: Path) -> bool:
    return os.access(path if path.exists() else path.parent, os.W_OK)
