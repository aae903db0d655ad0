from __future__ import annotations

from pathlib import Path

import pytest

from picket.runtime.upkeep.files import COPY_BYTES, copy_file, put_file


def test_a_file_replaces_an_older_one(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        put_file(tmp_path / "file", content)
        assert (tmp_path / "file").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_copy_is_whole(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(bytes(range(256)) * (COPY_BYTES // 100))
    paces: list[None] = []
    copy_file(tmp_path / "source", tmp_path / "copy", lambda: paces.append(None))
    assert (tmp_path / "copy").read_bytes() == (tmp_path / "source").read_bytes()
    assert len(paces) == 3


def test_a_copy_that_was_given_up_is_not_there(tmp_path: Path) -> None:
    def stop() -> None:
        raise InterruptedError

    (tmp_path / "source").write_bytes(b"something")
    (tmp_path / "copy").write_bytes(b"older")
    with pytest.raises(InterruptedError):
        copy_file(tmp_path / "source", tmp_path / "copy", stop)
    assert (tmp_path / "copy").read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "source"]
