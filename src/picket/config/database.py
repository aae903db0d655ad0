"""`database`: where the index is kept."""

from __future__ import annotations

from picket.config.section import Section, setting

DEFAULT_DATABASE_PATH = "/config/frigate.db"


class DatabaseConfig(Section):
    """The index of recordings and events."""

    path: str = setting("File of the SQLite database.", default=DEFAULT_DATABASE_PATH, min_length=1)
    url: str | None = setting(
        "PostgreSQL address in place of the file (not in Frigate).", default=None, repr=False
    )
