"""A day on a volume that is too small: clock and disk are simulated, the index is real."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from picket.config.paths import MediaPaths, prepare_media
from picket.config.root import Config
from picket.domain.timespan import TimeSpan
from picket.record.files import Files
from picket.record.writer import segment_path
from picket.runtime.keeper.chores import Chores, ChoreTools
from picket.runtime.upkeep.volume import join_volume
from picket.store.database import Database, transaction
from picket.store.events import put_event
from picket.store.segments import put_segment
from tests.support.index_samples import NOON, make_event, make_index, make_segment


@dataclass
class Volume(Files):
    """Files that have nothing but a name and a size."""

    total_bytes: int
    sizes: dict[Path, int] = field(default_factory=dict)
    used_bytes: int = 0

    @property
    def free_bytes(self) -> int:
        """What is left."""
        return self.total_bytes - self.used_bytes

    def add(self, path: Path, size_bytes: int) -> None:
        """Write a file. Raises: OSError when the volume is full."""
        if size_bytes > self.free_bytes:
            raise OSError(28, "No space left on device", str(path))
        self.sizes[path] = size_bytes
        self.used_bytes += size_bytes

    def usage(self, folder: Path) -> tuple[int, int, int]:
        """Total, used and free bytes."""
        return self.total_bytes, self.used_bytes, self.free_bytes

    def size(self, path: Path) -> int:
        with suppress(KeyError):
            return self.sizes[path]
        raise FileNotFoundError(2, "No such file", str(path))

    def remove(self, path: Path) -> None:
        self.used_bytes -= self.size(path)
        del self.sizes[path]

    def sync_folder(self, path: Path) -> None:
        """Nothing is lost here."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One recorded file."""

    id: str
    camera: str
    path: Path
    span: TimeSpan


class Day:
    """Cameras record for hours, and the keeper's chores clean up behind them."""

    def __init__(self, folder: Path, config: Config, volume: Volume, segment_s: float) -> None:
        self.paths = MediaPaths(folder / "media")
        prepare_media(self.paths)
        self.db: Database = make_index(folder / "index.db")
        join_volume(self.db, self.paths.media)
        self.db.execute("PRAGMA synchronous = OFF")  # the power does not go in this one
        self.volume = volume
        self.now = NOON  # Unix seconds
        self.shots: list[Shot] = []
        self.refused = 0  # files that found no room
        self.least_free_bytes = volume.total_bytes
        self._segment_s = segment_s
        tools = ChoreTools(lambda: self.now, lambda: self.now, volume.usage, volume)
        self._chores = Chores(self.db, config, self.paths, tools)

    def record(self, sizes: Mapping[str, int]) -> None:
        """Each camera writes one file of these bytes, then the chores do what is due."""
        with transaction(self.db):
            for camera, size_bytes in sizes.items():
                self._store(camera, size_bytes)
        self.now += self._segment_s
        self.least_free_bytes = min(self.least_free_bytes, self.volume.free_bytes)
        self._chores.segment_closed()
        while self._chores.turn():
            pass

    def note_event(self, camera: str, length_s: float, *, is_protected: bool) -> TimeSpan:
        """Something happened up to now; its span."""
        span = TimeSpan(self.now - length_s, self.now)
        event = make_event(
            id=f"{self.now}-{camera}",
            camera=camera,
            start_time=span.start_time,
            end_time=span.end_time,
            retain_indefinitely=is_protected,
            has_snapshot=False,
        )
        with transaction(self.db):
            put_event(self.db, event)
        return span

    def is_there(self, shot: Shot) -> bool:
        """Whether the file is still on the volume."""
        return shot.path in self.volume.sizes

    def rows(self) -> set[str]:
        """The ids that the index has."""
        return {row["id"] for row in self.db.rows("SELECT id FROM segment")}

    def _store(self, camera: str, size_bytes: int) -> None:
        name = segment_path(camera, self.now)
        span = TimeSpan(self.now, self.now + self._segment_s)
        shot = Shot(f"{self.now}-{camera}", camera, self.paths.recordings / name, span)
        try:
            self.volume.add(shot.path, size_bytes)
        except OSError:
            self.refused += 1
            return
        self.shots.append(shot)
        row = make_segment(
            id=shot.id,
            camera=camera,
            path=name,
            start_time=span.start_time,
            end_time=span.end_time,
            size_bytes=size_bytes,
            motion=1,
            objects=1,
        )
        put_segment(self.db, row)
