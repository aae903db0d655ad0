"""`picket import-frigate`: takes over what Frigate recorded, where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from picket.config.paths import MediaPaths
from picket.domain.errors import ConfigError, MediaError, NotFound
from picket.domain.event import Event
from picket.domain.segment import Segment
from picket.media.jpeg import decode_picture, encode_jpeg
from picket.media.paths import resolve_inside
from picket.media.playlist import InitName, read_name
from picket.record.adopt_plain import PlainName, read_plain_name, read_plain_segment
from picket.runtime.upkeep.opening import make_ready
from picket.runtime.upkeep.reconciling import batches
from picket.runtime.upkeep.volume import claim, force_volume, join_volume
from picket.store.database import Database, open_database, transaction
from picket.store.events import put_event
from picket.store.frigate_rows import FrigateRecording
from picket.store.frigate_source import FrigateDatabase
from picket.store.migrate import migrate, read_migrations
from picket.store.reconcile_queries import event_ids
from picket.store.segments import put_segment, segment_paths
from picket.store.timeline import add_timeline

BATCH = 200  # rows in a transaction; what was committed is not done again
TOLD_EVERY = 5000  # rows between two words of progress
LISTED = 20  # names of files that could not be taken over

Say = Callable[[str], None]
T = TypeVar("T")


@dataclass(slots=True)
class Counts:
    """What became of the rows of one table."""

    entered: int = 0
    known: int = 0  # by an earlier run
    senseless: int = 0  # rows that cannot be read
    missing: int = 0  # rows whose file is gone
    unreadable: list[str] = field(default_factory=list)  # files that nothing can play

    def __str__(self) -> str:
        parts = [f"{self.entered} taken over"]
        parts += [f"{self.known} were here already"] if self.known else []
        parts += [f"{self.senseless} rows make no sense"] if self.senseless else []
        parts += [f"{self.missing} have no file any more"] if self.missing else []
        parts += [f"{len(self.unreadable)} cannot be played"] if self.unreadable else []
        return ", ".join(parts)


def import_frigate(
    source: Path, database: Path, media: MediaPaths, now: float, say: Say
) -> dict[str, Counts]:
    """Enter Frigate's events, timeline and recordings; files stay where they are.

    It may be run again: what is here already, a user's later changes included, is left as it is.

    Args:
        source: Frigate's database; only read.
        database: our index; made when it is missing.
        media: the folder that Frigate recorded into, and Picket from now on.
        now: Unix seconds.
        say: prints a line.

    Raises: ConfigError, StoreError.
    """
    if database.exists() and source.exists() and database.samefile(source):
        raise ConfigError(
            "the index needs a file of its own: name another one with --database, and the same"
            f" later for `picket run`: {database}"
        )
    with FrigateDatabase(source) as frigate, claim(media.media):
        database.parent.mkdir(parents=True, exist_ok=True)
        make_ready(database, media, now)
        db = open_database(database, read_only=False)
        try:
            migrate(db, read_migrations())
            _take_folder(db, media)
            return _Import(frigate, db, media, say).run()
        finally:
            db.close()


def _take_folder(db: Database, media: MediaPaths) -> None:
    if not join_volume(db, media.media):
        raise ConfigError(
            "the index belongs to another media folder: name that one with --media, or another"
            f" index with --database: {media.media}"
        )
    force_volume(db, media.media, has_frigate_files=True)


class _Import:
    def __init__(self, frigate: FrigateDatabase, db: Database, media: MediaPaths, say: Say) -> None:
        self._frigate = frigate
        self._db = db
        self._media = media
        self._say = say

    def run(self) -> dict[str, Counts]:
        """Events first, because recordings take long and events without them are of use."""
        self._say(f"Frigate's schema is at {self._frigate.last_migration() or 'no migration'}")
        counts = {
            "event": self._events(),
            "timeline": self._moments(),
            "recordings": self._recordings(),
        }
        self._db.refresh_statistics()
        for name in counts["recordings"].unreadable[:LISTED]:
            self._say(f"  cannot be played: {name}")
        for table, count in counts.items():
            self._say(f"{table}: {count}")
        return counts

    def _events(self) -> Counts:
        counts, known = Counts(), event_ids(self._db)
        for batch in self._batches("event", self._frigate.events()):
            with transaction(self._db):
                for event in batch:
                    if event is None:
                        counts.senseless += 1
                    elif event.id in known:
                        counts.known += 1
                    else:
                        put_event(self._db, self._with_thumbnail(event))
                        counts.entered += 1
        return counts

    def _moments(self) -> Counts:
        counts = Counts()
        for batch in self._batches("timeline", self._frigate.moments()):
            with transaction(self._db):
                for entry in batch:
                    if entry is None:
                        counts.senseless += 1
                    elif add_timeline(self._db, entry):
                        counts.entered += 1
                    else:
                        counts.known += 1
        return counts

    def _recordings(self) -> Counts:
        counts, known = Counts(), segment_paths(self._db, 0.0)
        for batch in self._batches("recordings", self._frigate.recordings()):
            segments = [self._segment(recording, known, counts) for recording in batch]
            with transaction(self._db):
                for segment in segments:
                    if segment is not None:
                        put_segment(self._db, segment)
                        counts.entered += 1
        return counts

    def _segment(
        self, recording: FrigateRecording | None, known: frozenset[str], counts: Counts
    ) -> Segment | None:
        if recording is None:
            counts.senseless += 1
        elif recording.path in known:
            counts.known += 1
        else:
            try:
                return read_recording(self._media.recordings, recording)
            except FileNotFoundError:
                counts.missing += 1
            except (MediaError, NotFound, OSError):
                counts.unreadable.append(recording.path)
        return None

    def _with_thumbnail(self, event: Event) -> Event:
        """Later versions keep thumbnails as files, in a form that not every client knows."""
        if event.thumbnail:
            return event
        with suppress(NotFound, OSError, ValueError):
            file = resolve_inside(self._media.clips, f"thumbs/{event.camera}/{event.id}.webp")
            return replace(event, thumbnail=encode_jpeg(decode_picture(file.read_bytes())))
        return event

    def _batches(self, table: str, rows: Iterator[T]) -> Iterator[list[T]]:
        total, done = self._frigate.count(table), 0
        for batch in batches(rows, BATCH):
            yield batch
            done += len(batch)
            if done % TOLD_EVERY < BATCH:
                self._say(f"{table}: {done} of {total}")


def read_recording(recordings: Path, recording: FrigateRecording) -> Segment:
    """The row of a recording of Frigate's: times and activity from its row, the rest from its file.

    Raises: NotFound when its path leads out of the folder; OSError; MediaError when nothing can
        play it.
    """
    resolve_inside(recordings, recording.path)
    segment = read_plain_segment(recordings, recording.path, _name(recording))
    return replace(
        segment,
        end_time=recording.end_time,
        motion=recording.motion,
        objects=recording.objects,
        dbfs=recording.dbfs,
    )


def _name(recording: FrigateRecording) -> PlainName:
    """Its own id, unless that could not stand in the name of a part of a playlist."""
    told = read_plain_name(recording.path)
    is_usable = isinstance(read_name(str(InitName(recording.id))), InitName)
    own = recording.id if is_usable or told is None else told.id
    return PlainName(own, recording.camera, recording.start_time)
