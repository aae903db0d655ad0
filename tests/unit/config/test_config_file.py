from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.config_file import read_config_text, replace_config
from picket.domain.errors import ConfigError


def test_the_new_text_takes_the_place_and_the_old_one_stays_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text("cameras: {old: 1}\n")
    file.chmod(0o600)
    replace_config(file, "cameras: {nëw: 1}\n")
    assert read_config_text(file) == "cameras: {nëw: 1}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    backup = tmp_path / "config.yml.bak"
    assert backup.read_text() == "cameras: {old: 1}\n"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.yml", "config.yml.bak"]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text("old")
    (tmp_path / "config.yml.new").mkdir()  # also root cannot write a file there
    with pytest.raises(ConfigError, match="cannot be written"):
        replace_config(file, "new")
    assert file.read_text() == "old"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config_text(tmp_path / "nothing.yml")
