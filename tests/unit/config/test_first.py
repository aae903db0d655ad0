from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.checks import find_warnings
from picket.config.first import TEXT, write_first
from picket.config.load import load_text
from picket.domain.errors import ConfigError


def test_the_first_file_is_good_and_records_what_comes() -> None:
    config = load_text(TEXT, "config.yml", {})
    assert config.cameras == {}
    assert config.record.enabled
    assert list(find_warnings(config)) == []


def test_it_is_written_where_nothing_was_ever_recorded(tmp_path: Path) -> None:
    file = tmp_path / "config" / "config.yml"
    assert write_first(file, tmp_path / "recordings")
    assert file.read_text() == TEXT
    assert not write_first(file, tmp_path / "recordings")


def test_who_has_recordings_is_not_started_without_his_cameras(tmp_path: Path) -> None:
    (tmp_path / "recordings" / "2024-01-15").mkdir(parents=True)
    assert not write_first(tmp_path / "config.yml", tmp_path / "recordings")
    assert not (tmp_path / "config.yml").exists()


def test_a_file_that_cannot_be_written_is_told_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where a folder should be")
    with pytest.raises(ConfigError, match="--config"):
        write_first(tmp_path / "config" / "config.yml", tmp_path / "recordings")
