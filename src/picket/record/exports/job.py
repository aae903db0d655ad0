"""One export: from the rows of the index to a whole file under its partial name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from picket.domain.errors import Unavailable
from picket.domain.export import Export, Playback
from picket.media.footage import open_footage
from picket.media.progressive import Read, VirtualFile, plan_clip, plan_keyframes
from picket.record.exports.names import partial_name
from picket.record.exports.paced import write_paced
from picket.record.exports.timelapse import run_timelapse, timelapse_argv
from picket.record.exports.tools import ExportTools
from picket.record.exports.watch import Watch
from picket.store.segments import find_segments

MIB = 1 << 20


def write_export(export: Export, tools: ExportTools, watch: Watch) -> Path:
    """Write an export's file; it is on the disk when this returns, or gone when it raises.

    Returns: the file, still under its partial name.

    Raises:
        ExportStopped: an early end was asked for.
        PicketError: nothing was recorded, footage is damaged or was deleted, ffmpeg failed.
        OSError: the disk is full or broken.
    """
    target = tools.media.exports / partial_name(export.camera, export.name)
    target.unlink(missing_ok=True)  # of an earlier life of this process
    try:
        with open_footage(tools.media.recordings) as read:
            _write(export, target, tools, _Reader(read, watch))
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads footage until an early end is asked for."""

    read_file: Read
    watch: Watch

    def read(self, path: str, offset: int, size: int) -> bytes:
        self.watch.check()
        return self.read_file(path, offset, size)

    def content(self, clip: VirtualFile) -> Iterator[bytes]:
        return clip.read_range(0, clip.size, self.read)


def _write(export: Export, target: Path, tools: ExportTools, reader: _Reader) -> None:
    clip = _plan(export, tools, reader.read)
    if export.playback is Playback.TIMELAPSE:
        argv = timelapse_argv(tools.timelapse_args(export.camera), target)
        run_timelapse(argv, reader.content(clip), clip.size, reader.watch)
        _reach_disk(target)
    else:
        _require_space(target.parent, clip.size)
        write_paced(reader.content(clip), clip.size, target, reader.watch)


def _plan(export: Export, tools: ExportTools, read: Read) -> VirtualFile:
    with closing(tools.open_index()) as db:
        segments = find_segments(db, export.camera, export.start_time, export.end_time)
    plan = plan_keyframes if export.playback is Playback.TIMELAPSE else plan_clip
    return plan(segments, export.start_time, export.end_time, read)


def _require_space(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise Unavailable(
            f"the export needs {size // MIB} MiB and {free // MIB} MiB are free: delete older"
            " exports, or export a shorter range"
        )


def _reach_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
