"""One segment file, appended to its final place fragment by fragment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from picket.domain.segment import Fragment
from picket.media.fmp4 import TrackRun, build_fragment
from picket.media.init_segment import VIDEO_TRACK, InitSegment
from picket.record.files import FILES, Files, make_folders
from picket.record.identity import Identity, identity_box

MAX_SAME_NAME = 1000
"""Files of one camera that begin in one second; more is a mistake elsewhere."""


class SegmentWriter:
    """A new file; every fragment is on the disk when `append` returns.

    After an OSError the file holds what was complete before; close it and begin another.
    """

    def __init__(
        self, root: Path, identity: Identity, init: InitSegment, files: Files = FILES
    ) -> None:
        """Create the file and its folders.

        Raises: OSError.
        """
        self._files = files
        self.path, self._fd = _create(files, root, identity.camera, identity.start_time)
        self.init_size = len(init.data)
        self.size_bytes = 0
        self._head = init.data + identity_box(identity)
        self._folder = (root / self.path).parent
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
            self._write_all(head + body if head else body)
            self._files.sync(self._fd)
            if head:
                self._files.sync_folder(self._folder)
        except OSError:
            with suppress(OSError):  # the first error is the one to tell
                self._files.truncate(self._fd, self.size_bytes)
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

    def close(self) -> None:
        """Let go of the file; one that never got a fragment is removed. Raises: OSError."""
        if self._fd < 0:
            return
        fd, self._fd = self._fd, -1
        os.close(fd)
        if not self.size_bytes:
            with suppress(FileNotFoundError):
                self._files.remove(self._folder / Path(self.path).name)

    def _write_all(self, data: bytes) -> None:
        written = self._files.write(self._fd, data)
        while written < len(data):
            written += self._files.write(self._fd, memoryview(data)[written:])


def segment_path(camera: str, start_time: float, copy: int = 1) -> str:
    """`YYYY-MM-DD/HH/<camera>/MM.SS.mp4` in UTC; the second file of a second is `MM.SS-2.mp4`."""
    moment = datetime.fromtimestamp(start_time, UTC)
    suffix = f"-{copy}" if copy > 1 else ""
    return f"{moment:%Y-%m-%d/%H}/{camera}/{moment:%M.%S}{suffix}.mp4"


def _create(files: Files, root: Path, camera: str, start_time: float) -> tuple[str, int]:
    for copy in range(1, MAX_SAME_NAME):
        relative = segment_path(camera, start_time, copy)
        path = root / relative
        make_folders(files, root, path.parent)
        with suppress(FileExistsError):
            return relative, files.create(path)
    raise FileExistsError(f"{MAX_SAME_NAME} files already begin at {start_time}")
