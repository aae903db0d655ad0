import os
from collections.abc import Iterator
from pathlib import Path

from picket.record.measured_files import MeasuredFiles


class Clock:
    """Each look at it is a quarter of a second later."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.25
        return self.now


def chunks() -> Iterator[bytes]:
    yield b"x" * 1000
    yield b"y" * 24


def test_bytes_and_calls_are_counted_and_do_what_they_should(tmp_path: Path) -> None:
    files = MeasuredFiles(Clock())
    fd = files.create(tmp_path / "a.mp4")
    for chunk in chunks():
        assert files.write(fd, chunk) == len(chunk)
    files.sync(fd)
    os.close(fd)
    assert (tmp_path / "a.mp4").read_bytes() == b"".join(chunks())
    assert files.written_bytes == 1024
    assert (files.writes.count, files.writes.sum_s) == (2, 0.5)
    assert (files.syncs.count, files.syncs.sum_s) == (1, 0.25)
