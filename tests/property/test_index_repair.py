"""Whatever rows and files were lost: a repair leaves a row for each whole file, and no other."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from hypothesis import given, settings
from hypothesis import strategies as st

from picket.config.paths import MediaPaths, prepare_media
from picket.domain.segment import Segment
from picket.domain.timespan import TimeSpan
from picket.runtime.upkeep.repair import RepairOptions, repair
from picket.store.database import open_database
from picket.store.reconcile_queries import files_between
from picket.store.segments import put_segment
from tests.support.index_samples import NOON, make_index
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.recordings import record_packets

FILES = 6
places = st.sets(st.integers(0, FILES - 1))


@cache
def original() -> tuple[Path, list[Segment]]:
    """Six recorded files."""
    folder = Path(mkdtemp(prefix="picket-repair-"))
    packets = with_sound(10 * FILES - 5)
    return folder, record_packets(STREAM_WITH_SOUND, packets, folder).segments


@settings(deadline=None, max_examples=25)
@given(without_file=places, without_row=places, torn=places)
def test_rows_and_files_agree_after_a_repair(
    without_file: set[int], without_row: set[int], torn: set[int]
) -> None:
    source, segments = original()
    assert len(segments) == FILES
    with TemporaryDirectory() as name:
        media, database = MediaPaths(Path(name) / "media"), Path(name) / "index.db"
        prepare_media(media)
        shutil.copytree(source, media.recordings, dirs_exist_ok=True)
        db = make_index(database)
        for number, segment in enumerate(segments):
            if number not in without_row:
                put_segment(db, segment)
            if number in torn:
                (media.recordings / segment.path).write_bytes(b"torn in the first write")
            if number in without_file:
                (media.recordings / segment.path).unlink()
        db.close()
        said: list[str] = []
        assert repair(database, media, RepairOptions(), NOON, said.append)
        db = open_database(database, read_only=True)
        found = {row.path for row in files_between(db, TimeSpan(0, 1e12))}
        db.close()
        kept = {s.path for n, s in enumerate(segments) if n not in without_file}
        unplayable = {s.path for n, s in enumerate(segments) if n in torn - without_file}
        known = {s.path for n, s in enumerate(segments) if n not in without_row}
        assert found == kept - (unplayable - known)
        garbage = len(unplayable - known)
        assert f"{garbage} files in which nothing whole is left: they stay" in said
