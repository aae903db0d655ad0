"""A media folder with small real files and an index that knows them; the test sets the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from picket.config.load import parse_config
from picket.config.paths import MediaPaths, prepare_media
from picket.config.root import Config
from picket.domain.event import EventData
from picket.media.paths import snapshot_names
from picket.record.writer import segment_path
from picket.runtime.keeper.disposal import Disposal
from picket.store.database import Database
from picket.store.events import find_event, put_event
from picket.store.segments import find_segment, put_segment
from tests.support.index_samples import NOON, make_event, make_index, make_segment

DAY_S = 86_400.0
FILE_BYTES = 1000


@dataclass
class StoredMedia:
    """Everything that clean-ups work on."""

    db: Database
    paths: MediaPaths
    disposal: Disposal
    now: float = NOON  # Unix seconds
    monotonic: float = 1000.0
    free_bytes: int = 1 << 40
    disk_asked: list[Path] = field(default_factory=list)

    def disk_usage(self, folder: Path) -> tuple[int, int, int]:
        """A volume of 1 TiB with as much free as the test says."""
        self.disk_asked.append(folder)
        return 1 << 40, 0, self.free_bytes

    def record(self, age_s: float, camera: str = "front", **changes: Any) -> str:
        """Store ten seconds that ended so long ago, with their file; the id."""
        start_time = self.now - age_s - 10
        segment = make_segment(
            id=f"{start_time}-{camera}",
            camera=camera,
            path=segment_path(camera, start_time),
            start_time=start_time,
            end_time=start_time + 10,
            **{"size_bytes": FILE_BYTES, "motion": 0, "objects": 0, **changes},
        )
        put_segment(self.db, segment)
        path = self.paths.recordings / segment.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"m" * segment.size_bytes)
        return segment.id

    def event(self, age_s: float, camera: str = "front", **changes: Any) -> str:
        """Store an event that began so long ago and took 10 s, with its pictures; the id."""
        start_time = self.now - age_s - 10
        kind = changes.pop("kind", "object")
        event = make_event(
            id=f"{start_time}-event",
            camera=camera,
            data=EventData(type=kind),
            **{"start_time": start_time, "end_time": start_time + 10, **changes},
        )
        put_event(self.db, event)
        if event.has_snapshot:
            for name in snapshot_names(camera, event.id):
                (self.paths.clips / name).write_bytes(b"picture")
        return event.id

    def has_segment(self, segment_id: str) -> bool:
        """Whether the row is there."""
        return find_segment(self.db, segment_id) is not None

    def has_event(self, event_id: str) -> bool:
        """Whether the row is there."""
        return find_event(self.db, event_id) is not None

    def files(self) -> list[str]:
        """Every recorded file, by name below the folder."""
        root = self.paths.recordings
        return sorted(p.relative_to(root).as_posix() for p in root.rglob("*.mp4") if p.is_file())

    def block(self, segment_id: str) -> None:
        """Make a file undeletable, also for root: a folder with something in it takes its place."""
        segment = find_segment(self.db, segment_id)
        assert segment is not None
        path = self.paths.recordings / segment.path
        path.unlink()
        path.mkdir()
        (path / "something").touch()


def make_media(folder: Path) -> StoredMedia:
    """An empty media folder and an empty index; close `db` in the end."""
    paths = MediaPaths(folder / "media")
    prepare_media(paths)
    db = make_index(folder / "index.db")
    return StoredMedia(db, paths, Disposal(db, paths))


def make_config(camera: dict[str, Any] | None = None, **top: Any) -> Config:
    """A configuration with one camera, `front`, that records."""
    source = {"path": "rtsp://10.0.0.5/main", "roles": ["detect", "record"]}
    front = {"ffmpeg": {"inputs": [source]}, **(camera or {})}
    record = {"enabled": True, **top.pop("record", {})}
    return parse_config({**top, "record": record, "cameras": {"front": front}})


def run_all(steps: Iterable[None]) -> int:
    """Carry a chore through; how often it handed back control."""
    return sum(1 for _ in steps)
