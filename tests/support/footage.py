"""Real footage in an index, for exports: recorded, played back, and judged by ffmpeg."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from picket.config.paths import MediaPaths, prepare_media
from picket.record.exports.tools import ExportTools
from picket.store.database import Database, open_database
from picket.store.segments import put_segment
from tests.support.index_samples import make_index
from tests.support.recordings import record, video_path

TIMELAPSE_ARGS = "-vf setpts=0.04*PTS -r 30"


@dataclass(frozen=True, slots=True)
class Footage:
    """A media folder with one recorded camera, `front`, and its index."""

    db: Database
    media: MediaPaths
    tools: ExportTools
    start_time: float  # Unix seconds
    end_time: float

    def exports(self) -> list[str]:
        """What lies in the folder of exports."""
        return sorted(path.name for path in self.media.exports.iterdir())


def make_footage(folder: Path, loops: int = 6) -> Footage:
    """Record a clip of eight seconds several times over; close `db` in the end."""
    media, database = MediaPaths(folder / "media"), folder / "index.db"
    prepare_media(media)
    db = make_index(database)
    segments = record(video_path("street_people_gt.mp4"), media.recordings, loops=loops).segments
    for segment in segments:
        put_segment(db, segment)
    tools = ExportTools(
        media, partial(open_database, database, read_only=True), lambda _: TIMELAPSE_ARGS
    )
    return Footage(db, media, tools, segments[0].start_time, segments[-1].end_time)


def duration_s(file: Path) -> float:
    """Length of a video as ffprobe sees it."""
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]
    done = subprocess.run([*command, str(file)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def is_fast_start(file: Path) -> bool:
    """Whether a player finds the header before the media."""
    data = file.read_bytes()
    return 0 < data.index(b"moov") < data.index(b"mdat")
