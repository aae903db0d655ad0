"""One segment file, appended to its final place fragment by fragment."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from picket.domain.segment import Fragment
from picket.media.fmp4 import TrackRun, build_fragment
from picket.media.init_segment import VIDEO_TRACK, InitSegment
from picket.record.identity import Identity, identity_box

MAX_SAME_NAME = 1000
"""Files of one camera that begin in one second; more is a mistake elsewhere."""


@dataclass(frozen=True, slots=True)
class Syncing:
    """How bytes and names get through to the disk; both take a file descriptor."""

    data: Callable[[int], None] = os.fdatasync  # of a file
    names: Callable[[int], None] = os.fsync  # in a folder


REAL_SYNCING = Syncing()


class SegmentWriter:
    """A new file; every fragment is on the disk when `append` returns.

    After an OSError the file holds what was complete before; close it and begin another.
    """

    def __init__(
        self, root: Path, identity: Identity, init: InitSegment, syncing: Syncing = REAL_SYNCING
    ) -> None:
        """Create the file and its folders.

        Raises: OSError.
        """
        self._folder = (root / segment_path(identity.camera, identity.start_time)).parent
        self._changed = _with_new_names(self._folder)
        self.path, self._fd = _create(root, identity.camera, identity.start_time)
        self.init_size = len(init.data)
        self.size_bytes = 0
        self._head = init.data + identity_box(identity)
        self._syncing = syncing
        self._sequence = 0

    def append(self, runs: Sequence[TrackRun], payloads: Sequence[Sequence[bytes]]) -> Fragment:
        """Write a fragment through to the disk; payloads[i] are the samples of runs[i].

        The first run is the video's. Raises: OSError, with the file cut back to what was whole.
        """
        self._sequence += 1
        body = build_fragment(self._sequence, runs, payloads)
        head, self._head = self._head, b""
        offset = self.size_bytes + len(head)
        try:
            _write_all(self._fd, head + body if head else body)
            self._syncing.data(self._fd)
            if head:
                self._sync_names()
        except OSError:
            with suppress(OSError):  # the first error is the one to tell
                os.ftruncate(self._fd, self.size_bytes)
            raise
        self.size_bytes = offset + len(body)
        video = runs[0]
        is_video = video.track_id == VIDEO_TRACK
        return Fragment(
            offset=offset,
            size=len(body),
            start_ticks=video.decode_time,
            duration_ticks=video.duration if is_video else 0,
            is_keyframe=is_video and (not video.syncs or video.syncs[0]),
        )

    def _sync_names(self) -> None:
        """New names must survive a power cut as well as the bytes."""
        for folder in self._changed:
            fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                self._syncing.names(fd)
            finally:
                os.close(fd)

    def close(self) -> None:
        """Let go of the file; one that never got a fragment is removed. Raises: OSError."""
        if self._fd < 0:
            return
        fd, self._fd = self._fd, -1
        os.close(fd)
        if not self.size_bytes:
            (self._folder / Path(self.path).name).unlink(missing_ok=True)


def segment_path(camera: str, start_time: float, copy: int = 1) -> str:
    """`YYYY-MM-DD/HH/<camera>/MM.SS.mp4` in UTC; the second file of a second is `MM.SS-2.mp4`."""
    moment = datetime.fromtimestamp(start_time, UTC)
    suffix = f"-{copy}" if copy > 1 else ""
    return f"{moment:%Y-%m-%d/%H}/{camera}/{moment:%M.%S}{suffix}.mp4"


def _create(root: Path, camera: str, start_time: float) -> tuple[str, int]:
    for copy in range(1, MAX_SAME_NAME):
        relative = segment_path(camera, start_time, copy)
        path = root / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            return relative, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    raise FileExistsError(f"{MAX_SAME_NAME} files already begin at {start_time}")


def _write_all(fd: int, data: bytes) -> None:
    """A write may stop short, for example at a full disk; the next call then tells why."""
    written = os.write(fd, data)
    while written < len(data):
        written += os.write(fd, memoryview(data)[written:])


def _with_new_names(folder: Path) -> tuple[Path, ...]:
    """The folders that hold a name more when a file is created in this one, which may be new."""
    changed = [folder]
    while not changed[-1].exists():
        changed.append(changed[-1].parent)
    return tuple(changed)
