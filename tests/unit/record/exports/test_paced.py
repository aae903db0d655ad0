from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.record.exports.paced import STEP_BYTES, write_paced
from picket.record.exports.watch import ExportStopped, Watch

PART = bytes(range(256)) * 4096  # 1 MiB


def test_everything_is_written_and_progress_only_grows(tmp_path: Path) -> None:
    watch, seen = Watch(), []
    count = 3 * STEP_BYTES // len(PART) + 1

    def parts() -> Iterator[bytes]:
        for _ in range(count):
            seen.append(watch.progress)
            yield PART

    write_paced(parts(), count * len(PART), tmp_path / "file", watch)
    assert (tmp_path / "file").read_bytes() == PART * count
    assert seen == sorted(seen)
    assert len(set(seen)) >= 3
    assert watch.progress <= 1.0


def test_a_stop_ends_it_before_the_next_part(tmp_path: Path) -> None:
    watch = Watch()

    def parts() -> Iterator[bytes]:
        yield PART
        watch.stop()
        yield PART
        raise AssertionError("read on after a stop")

    with pytest.raises(ExportStopped):
        write_paced(parts(), 3 * len(PART), tmp_path / "file", watch)


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"precious")
    with pytest.raises(FileExistsError):
        write_paced([PART], len(PART), tmp_path / "file", Watch())
    assert (tmp_path / "file").read_bytes() == b"precious"
