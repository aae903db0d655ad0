import errno
from pathlib import Path

import pytest

from picket.record.volume import Volume, still_mounted, volume_of

PROC = Path("/proc")
"""A volume that is mounted wherever tests run."""


def test_the_volume_below_is_told_from_the_mounted_one(tmp_path: Path) -> None:
    assert volume_of(PROC / "new" / "folder").device == PROC.stat().st_dev
    assert volume_of(PROC / "new" / "folder").below == PROC.parent.stat().st_dev


def test_a_folder_that_stays_where_it_was_may_be_written(tmp_path: Path) -> None:
    here = still_mounted(tmp_path, None)
    assert still_mounted(tmp_path / "deeper", here) == here


def test_a_folder_on_the_volume_below_must_not_be_written(tmp_path: Path) -> None:
    now = volume_of(tmp_path)
    before = Volume(device=now.device + 1, below=now.device)
    with pytest.raises(OSError, match="not mounted") as caught:
        still_mounted(tmp_path, before)
    assert caught.value.errno == errno.ENODEV


def test_a_volume_that_was_mounted_after_the_start_is_taken_over(tmp_path: Path) -> None:
    now = volume_of(tmp_path)
    before = Volume(device=now.device + 1, below=now.device + 1)
    assert still_mounted(tmp_path, before) == now
