"""`database`: where the index is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pydantic import field_validator

from picket.config.section import Section, setting

DEFAULT_DATABASE_PATH = "/config/frigate.db"

# A second `@` belongs to a password that is not percent-encoded, as does one behind the host.
_POSTGRES = re.compile(r"(?i)postgres(?:ql)?://(?:[^@/?#]*@)?[^@/?#]*(?:/[^@?#]*)?(?:\?[^#]*)?")


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """The address of a PostgreSQL database; it may hold a password, so it is never shown."""

    text: str = field(repr=False)


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
        "PostgreSQL address in place of the file, such as `postgresql://user:password@host/name`;"
        " `{FRIGATE_NAME}` is replaced (not in Frigate).",
        default=None,
        repr=False,
    )
    backup: BackupConfig = setting("Copies of the index (not in Frigate).", default=BackupConfig())

    @field_validator("url")
    @classmethod
    def _is_postgres(cls, url: str | None) -> str | None:
        if url is not None and not _POSTGRES.fullmatch(url):
            raise ValueError(
                "is not the address of a PostgreSQL database: write"
                " postgresql://user:password@host:5432/name, odd characters of the password"
                " percent-encoded"
            )
        return url
