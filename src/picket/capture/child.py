"""An ffmpeg child that reads what libav in this process cannot be asked to read."""

from __future__ import annotations

import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from typing import IO

KEPT_LINES = 20


class FfmpegChild:
    """Runs `ffmpeg … -c copy -f nut pipe:1`; its last lines of complaint are kept for the user."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.was_killed = False  # so its end is no complaint of its own
        self._lines: deque[str] = deque(maxlen=KEPT_LINES)
        self._process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, name="ffmpeg-stderr", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def output_fd(self) -> int:
        """The file descriptor to read NUT from."""
        return _open_pipe(self._process.stdout).fileno()

    def last_words(self) -> str:
        """The last line it wrote to its standard error."""
        return self._lines[-1] if self._lines else ""

    def kill(self) -> None:
        """End it at once; what it had sent can still be read."""
        self.was_killed = True
        self._process.kill()

    def close(self) -> None:
        """End it and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        _open_pipe(self._process.stdout).close()

    def _listen(self) -> None:
        with _open_pipe(self._process.stderr) as errors:
            for line in errors:
                self._lines.append(line.decode(errors="replace").strip())


def _open_pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the child was started without this pipe")
    return pipe
