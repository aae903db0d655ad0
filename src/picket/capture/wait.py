"""Waiting for a camera, and why it ended."""

from __future__ import annotations

import time

import av
from av.error import FFmpegError

from picket.capture.child import FfmpegChild
from picket.capture.presence import is_present
from picket.domain.errors import MediaError, StreamEnded, StreamStalled


class Wait:
    """From asking libav for something until it comes or fails.

    Libav tells a time-out as one of four errors, depending on the protocol and on who set it, so
    it is known by how long it took: in real time, whatever clock the source goes by.
    """

    def __init__(self, url: str, patience_s: float, child: FfmpegChild | None) -> None:
        """Args: patience_s: after so long libav gives up by itself."""
        self._url = url
        self._patience_s = patience_s
        self._child = child
        self.begin()

    def begin(self) -> None:
        """What was asked for has come; the next thing is asked for."""
        self._began = time.monotonic()

    def failure(self, error: FFmpegError | None) -> Exception:
        """What to raise for an error of libav's, or for an end of its stream."""
        waited_s = time.monotonic() - self._began
        has_own_reason = self._child is not None and not self._child.was_killed
        if waited_s >= self._patience_s and not has_own_reason:
            return _silence(self._url, waited_s)
        return _translate(error, self._child)


def _silence(url: str, waited_s: float) -> Exception:
    if is_present(url):
        return StreamStalled(f"the camera is there, but nothing arrived for {waited_s:.0f} s")
    return StreamEnded(f"nothing arrived for {waited_s:.0f} s, and the camera does not answer")


def _translate(error: FFmpegError | None, child: FfmpegChild | None) -> Exception:
    reason = error.strerror or type(error).__name__ if error else ""
    if child is not None:
        return StreamEnded(f"ffmpeg ended: {child.last_words() or reason}")
    if error is None or isinstance(error, av.error.EOFError):
        return StreamEnded("the camera closed the connection")
    if isinstance(error, av.error.InvalidDataError):
        return MediaError("what the camera sends is not a stream that libav can read")
    return StreamEnded(reason)
