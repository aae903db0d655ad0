"""Databases and media folders as Frigate leaves them, in the tables of several versions."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from picket.config.paths import MediaPaths, prepare_media
from tests.support.index_samples import NOON
from tests.support.plain_files import make_plain

EVENT_0_12 = (
    "id VARCHAR(30) PRIMARY KEY NOT NULL, label VARCHAR(20) NOT NULL, camera VARCHAR(20) NOT NULL,"
    " start_time DATETIME NOT NULL, end_time DATETIME, top_score REAL, false_positive INTEGER,"
    " zones JSON NOT NULL, thumbnail TEXT NOT NULL, has_clip INTEGER NOT NULL,"
    " has_snapshot INTEGER NOT NULL, region JSON, box JSON, area INTEGER,"
    " retain_indefinitely INTEGER NOT NULL, sub_label VARCHAR(100), ratio REAL,"
    " plus_id VARCHAR(30)"
)
EVENT_0_13 = (
    f"{EVENT_0_12}, score REAL, model_hash VARCHAR(32), detector_type VARCHAR(32),"
    " model_type VARCHAR(32), data JSON NOT NULL"
)
RECORDINGS = (
    "id VARCHAR(30) PRIMARY KEY NOT NULL, camera VARCHAR(20) NOT NULL, path VARCHAR(255) NOT NULL,"
    " start_time DATETIME NOT NULL, end_time DATETIME NOT NULL, duration REAL NOT NULL,"
    " objects INTEGER, motion INTEGER, segment_size REAL NOT NULL"
)
TIMELINE = (
    "timestamp DATETIME NOT NULL, camera VARCHAR(20) NOT NULL, source VARCHAR(20) NOT NULL,"
    " source_id VARCHAR(30), class_type VARCHAR(50) NOT NULL, data JSON"
)
TABLES = {
    "0.12": {"event": EVENT_0_12, "recordings": RECORDINGS},
    "0.13": {
        "event": EVENT_0_13,
        "recordings": f"{RECORDINGS}, dBFS INTEGER",
        "timeline": TIMELINE,
        "regions": "camera VARCHAR(20) PRIMARY KEY NOT NULL, last_update DATETIME, grid JSON",
    },
}
TABLES["0.14"] = {
    **TABLES["0.13"],
    "recordings": f"{RECORDINGS}, dBFS INTEGER, regions INTEGER",
    "reviewsegment": "id VARCHAR(30) PRIMARY KEY NOT NULL, camera TEXT, data JSON",
}
MIGRATIONS = {
    "0.12": "012_add_segment_size",
    "0.13": "020_update_index_recordings",
    "0.14": "026_add_notification_tokens",
}

JPEG = b"\xff\xd8\xff a small picture \xff\xd9"
BOX = [0.25, 0.5, 0.125, 0.25]
REGION = [0.0, 0.25, 0.5, 0.75]


@dataclass(frozen=True)
class FrigateInstall:
    """What Frigate left."""

    database: Path
    media: MediaPaths

    def row(self, table: str, **values: Any) -> None:
        """Add a row to a table."""
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        with closing(sqlite3.connect(self.database)) as db, db:
            db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))

    def event(self, number: int = 0, **changes: Any) -> str:
        """An event that began `number` minutes after noon and took 20 s; its id."""
        start = NOON + 60 * number
        event_id = f"{start + 5.25}-evt{number:03}"
        values = {
            "id": event_id,
            "label": "person",
            "camera": "front",
            "start_time": start,
            "end_time": start + 20,
            "zones": json.dumps(["porch"]),
            "thumbnail": base64.b64encode(JPEG).decode(),
            "has_clip": 1,
            "has_snapshot": 1,
            "retain_indefinitely": 0,
        }
        self.row("event", **{**values, **changes})
        return event_id

    def record(self, number: int, codec: str = "h264", **changes: Any) -> str:
        """A recording `number` times ten seconds after noon, 3 s long, with its file; its id."""
        start = NOON + 10 * number
        path = f"2024-01-15/12/front/{number // 6:02}.{number % 6}0.mp4"
        file = make_plain(self.media.recordings / path, codec)
        values = {
            "id": f"{start}-rec{number:03}",
            "camera": "front",
            "path": f"/media/frigate/recordings/{path}",
            "start_time": start,
            "end_time": start + 3,
            "duration": 3.0,
            "motion": 1200,
            "objects": 2,
            "segment_size": round(file.stat().st_size / 2**20, 1),
        }
        self.row("recordings", **{**values, **changes})
        return str({**values, **changes}["id"])


def make_frigate(folder: Path, version: str = "0.13") -> FrigateInstall:
    """An empty database with the tables of a version, and an empty media folder."""
    database = folder / "frigate" / "frigate.db"
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("PRAGMA journal_mode = WAL")
        for table, columns in TABLES[version].items():
            db.execute(f"CREATE TABLE {table} ({columns})")
        db.execute("CREATE TABLE migratehistory (id INTEGER, name TEXT, migrated_at DATETIME)")
        db.execute("INSERT INTO migratehistory VALUES (1, ?, 0)", [MIGRATIONS[version]])
    media = MediaPaths(folder / "media")
    prepare_media(media)
    return FrigateInstall(database, media)


DATA_0_13 = json.dumps(
    {
        "type": "object",
        "score": 0.875,
        "top_score": 0.9,
        "box": BOX,
        "region": REGION,
        "attributes": [{"label": "face", "score": 0.75, "box": BOX}],
        "sub_label_score": 0.8,
    }
)
