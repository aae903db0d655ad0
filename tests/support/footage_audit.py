"""Whether files, rows and gaps agree, and which numbered pictures the index can show."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from picket.domain.segment import Segment
from picket.runtime.keeper.keeping import SEAM_S
from picket.store.database import Database
from picket.store.gaps import find_gaps
from picket.store.segments import find_segments
from tests.support.counted_feed import numbers_in, play_numbers

EVER = (0.0, 1e11)
BATCH = 20  # files that one ffmpeg decodes


@dataclass
class Audit:
    """Reads recordings back; what has not grown since is not read again."""

    recordings: Path
    _numbers: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)

    def numbers(self, db: Database, camera: str) -> list[int]:
        """The pictures in all fragments that the index names, as they follow each other."""
        return [n for one in find_segments(db, camera, *EVER) for n in self.numbers_of(one)]

    def numbers_of(self, segment: Segment) -> tuple[int, ...]:
        """The pictures of one segment, read by the fragments of its row."""
        key = (segment.id, segment.size_bytes)
        if key not in self._numbers:
            data = (self.recordings / segment.path).read_bytes()
            pieces = (data[f.offset : f.offset + f.size] for f in segment.fragments)
            self._numbers[key] = tuple(n for piece in pieces for n in numbers_in(piece))
        return self._numbers[key]

    def unplayable(self, segments: Sequence[Segment]) -> list[str]:
        """What is wrong with finished files: ffmpeg complains, or other pictures are seen."""
        files = [self.recordings / one.path for one in segments]
        batches = [files[at : at + BATCH] for at in range(0, len(files), BATCH)]
        suspects = [one for batch in batches if complaints(batch) for one in batch]
        bad = [f"{one}: {told}" for one in suspects if (told := complaints([one]))]
        seen = zip(segments, map(play_numbers, files), strict=True)
        return bad + [
            f"{one.path} shows {shown} and not what it tells"
            for one, shown in seen
            if tuple(shown) != self.numbers_of(one)
        ]

    def orphans(self, db: Database) -> list[str]:
        """Files without a row."""
        known = {row["path"] for row in db.rows("SELECT path FROM segment")}
        files = (p.relative_to(self.recordings).as_posix() for p in self._files())
        return sorted(name for name in files if name not in known)

    def lost_files(self, db: Database) -> list[str]:
        """Rows without a file."""
        rows = db.rows("SELECT path FROM segment ORDER BY path")
        return [row["path"] for row in rows if not (self.recordings / row["path"]).is_file()]

    def _files(self) -> Iterator[Path]:
        return (path for path in self.recordings.rglob("*") if path.is_file())


def complaints(files: Sequence[Path]) -> str:
    """What ffmpeg says while it decodes files; empty when it finds no flaw in any."""
    inputs = [word for file in files for word in ("-i", str(file))]
    maps = [word for number in range(len(files)) for word in ("-map", f"{number}:v")]
    command = ["ffmpeg", "-v", "error", "-xerror", *inputs, *maps, "-f", "null", "-"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    return done.stderr or ("" if done.returncode == 0 else f"exit code {done.returncode}")


def unexplained_s(db: Database, camera: str) -> list[float]:
    """Holes behind the oldest footage, between it and gaps, that are more than a seam; seconds."""
    spans = [(one.start_time, one.end_time) for one in find_segments(db, camera, *EVER)]
    begin = spans[0][0] if spans else EVER[1]
    gaps = find_gaps(db, camera, begin, EVER[1])
    spans = sorted(spans + [(gap.start_time, gap.end_time or EVER[1]) for gap in gaps])
    ends = itertools.accumulate((end for _, end in spans), max)
    holes = (start - end for end, (start, _) in zip(ends, spans[1:], strict=False))
    return [hole for hole in holes if hole > SEAM_S]


def open_rows(db: Database) -> dict[str, int]:
    """How many rows of each kind say that something still goes on."""
    conditions = {
        "event": "end_time IS NULL",
        "gap": "end_time IS NULL",
        "segment": "is_closed = 0",
    }
    return {
        table: db.rows(f"SELECT COUNT(*) AS n FROM {table} WHERE {condition}")[0]["n"]
        for table, condition in conditions.items()
    }
