"""Timelapses: keyframes given to an ffmpeg child that encodes them anew."""

from __future__ import annotations

import os
import select
import shlex
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from picket.domain.errors import ConfigError, MediaError
from picket.record.exports.watch import Watch

POLL_S = 0.2


def timelapse_argv(arguments: str, target: Path) -> list[str]:
    """The ffmpeg that makes a timelapse of an MP4 on its standard input.

    Args:
        arguments: of the user, which win over the encoder's settings here.
        target: the file to write.

    Raises: ConfigError when a quotation of the arguments is not closed.
    """
    try:
        wanted = shlex.split(arguments)
    except ValueError as error:
        raise ConfigError(f"record.export.timelapse_args: {error}: {arguments}") from error
    return [
        *("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-f", "mp4", "-i", "pipe:0"),
        *("-an", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"),
        *wanted,
        *("-movflags", "+faststart", "-f", "mp4", "-y", str(target)),
    ]


def run_timelapse(argv: list[str], parts: Iterable[bytes], size: int, watch: Watch) -> None:
    """Feed a clip to ffmpeg and wait for its end; killed when it is not wanted any more.

    Args:
        argv: of `timelapse_argv`.
        parts: the clip.
        size: bytes of it all, for the progress.
        watch: is asked all the time.

    Raises: ExportStopped; MediaError with ffmpeg's last words; whatever reading raises.
    """
    with tempfile.TemporaryFile() as words:
        try:
            child = subprocess.Popen(
                argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=words
            )
        except OSError as error:
            raise MediaError(f"ffmpeg cannot be started: {error.strerror}") from error
        try:
            _feed(child, parts, size, watch)
            status = _wait(child, watch)
        finally:
            child.kill()
            child.wait()
        if status != 0:
            raise MediaError(f"ffmpeg made no timelapse: {_last_line(words) or status}")


def _feed(child: subprocess.Popen[bytes], parts: Iterable[bytes], size: int, watch: Watch) -> None:
    """Write all parts; one that refuses more will tell why by its end."""
    assert child.stdin is not None  # noqa: S101 - started with a pipe
    fd, done = child.stdin.fileno(), 0
    os.set_blocking(fd, False)
    try:
        for part in parts:
            rest = memoryview(part)
            while rest:
                watch.check()
                if select.select((), (fd,), (), POLL_S)[1]:
                    rest = rest[os.write(fd, rest) :]
            done += len(part)
            watch.progress = min(done / size, 1.0)
    except BrokenPipeError:
        pass
    finally:
        child.stdin.close()


def _wait(child: subprocess.Popen[bytes], watch: Watch) -> int:
    while True:
        watch.check()
        try:
            status = child.wait(POLL_S)
        except subprocess.TimeoutExpired:
            continue
        watch.check()  # a wish that came with the end counts too
        return status


def _last_line(words: IO[bytes]) -> str:
    words.seek(0)
    lines = words.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
