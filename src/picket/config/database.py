"""`database`: where the index is kept."""

from __future__ import annotations

from picket.config.section import Section, setting

DEFAULT_DATABASE_PATH = "/config/frigate.db"


class BackupConfig(Section):
    """Copies of the index (not in Frigate)."""

    interval: float = setting(
        "Time between two copies, each of which is checked; 0 makes none. A day is the most that is"
        " lost of events, never of footage.",
        default=24,
        unit="h",
        ge=0,
    )
    keep: int = setting(
        "Copies that stay, beside the database and in the media folder.", default=3, ge=1
    )


class DatabaseConfig(Section):
    """The index of recordings and events."""

    path: str = setting("File of the SQLite database.", default=DEFAULT_DATABASE_PATH, min_length=1)
    url: str | None = setting(
        "PostgreSQL address in place of the file (not in Frigate).", default=None, repr=False
    )
    backup: BackupConfig = setting("Copies of the index (not in Frigate).", default=BackupConfig())
