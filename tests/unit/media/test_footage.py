from __future__ import annotations

from pathlib import Path

import pytest

from picket.domain.errors import NotFound
from picket.media.footage import open_footage

HEAD = b"\0\0\0\x08ftyp\0\0\0\x08moov\0\0\0\x08uuid"
"""As a recorded segment begins."""


def test_parts_of_several_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(HEAD + b"0123456789")
    (tmp_path / "b").write_bytes(HEAD + b"abc")
    start = len(HEAD)
    with open_footage(tmp_path) as read:
        assert read("a", start + 2, 3) == b"234"
        assert read("b", start, 10) == b"abc"
        assert read("a", start + 9, 5) == b"9"


def test_a_file_that_is_gone_or_elsewhere_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "outside").write_bytes(b"secret")
    with open_footage(tmp_path / "in") as read:
        for path in ("gone", "../outside"):
            with pytest.raises(NotFound):
                read(path, 0, 1)
