"""What every process may need to know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from picket.config.database import DatabaseUrl
from picket.config.paths import MediaPaths
from picket.config.root import Config
from picket.ipc.family_lock import FamilyLock
from picket.plus.account import NO_ACCOUNT, Account


@dataclass(frozen=True, slots=True)
class Settings:
    """What every process may need to know."""

    config: Config  # in effect
    config_file: Path
    media: MediaPaths
    database: Path | DatabaseUrl
    host: str
    port: int
    started_time: float  # Unix seconds
    plus: Account = NO_ACCOUNT  # at the labelling service
    lock: FamilyLock | None = None  # on the media folder, until all processes are gone
