from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.domain.errors import ConfigError
from picket.runtime.upkeep.volume import (
    MARK_NAME,
    Volume,
    belong,
    claim,
    force_volume,
    join_volume,
    read_volume,
    write_volume,
)
from picket.store.database import Database, transaction
from picket.store.segments import put_segment
from picket.store.upkeep import find_volume_id, set_volume_id
from tests.support.index_samples import make_index, make_segment


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = make_index(tmp_path / "index.db")
    yield database
    database.close()


def fill(db: Database, volume_id: str | None = None) -> None:
    with transaction(db):
        put_segment(db, make_segment())
        if volume_id is not None:
            set_volume_id(db, volume_id)


def test_a_new_index_and_a_new_folder_belong_together(db: Database, tmp_path: Path) -> None:
    assert join_volume(db, tmp_path)
    volume = read_volume(tmp_path)
    assert volume is not None
    assert volume.id == find_volume_id(db)
    assert join_volume(db, tmp_path)
    assert read_volume(tmp_path) == volume


def test_an_index_from_before_there_were_marks_gets_one(db: Database, tmp_path: Path) -> None:
    fill(db)
    assert join_volume(db, tmp_path)


def test_a_new_index_joins_the_folder_that_is_there(db: Database, tmp_path: Path) -> None:
    write_volume(tmp_path, Volume("old"))
    assert join_volume(db, tmp_path)
    assert find_volume_id(db) == "old"


@pytest.mark.parametrize("mark", [None, "other"])
def test_an_index_with_footage_does_not_take_another_folder_for_its_own(
    db: Database, tmp_path: Path, mark: str | None
) -> None:
    fill(db, "mine")
    if mark is not None:
        write_volume(tmp_path, Volume(mark))
    assert not join_volume(db, tmp_path)
    assert find_volume_id(db) == "mine"
    assert (tmp_path / MARK_NAME).exists() is (mark is not None)


def test_an_index_of_unknown_origin_with_footage_does_not_join(
    db: Database, tmp_path: Path
) -> None:
    fill(db)
    write_volume(tmp_path, Volume("other"))
    assert not join_volume(db, tmp_path)


def test_the_user_can_say_that_they_belong_together(db: Database, tmp_path: Path) -> None:
    fill(db, "mine")
    force_volume(db, tmp_path)
    assert belong(db, tmp_path)
    assert find_volume_id(db) == "mine"
    write_volume(tmp_path, Volume("other", has_frigate_files=True))
    force_volume(db, tmp_path)
    assert belong(db, tmp_path)
    assert read_volume(tmp_path) == Volume("other", has_frigate_files=True)


def test_a_damaged_mark_is_no_mark(db: Database, tmp_path: Path) -> None:
    (tmp_path / MARK_NAME).write_text("{")
    assert read_volume(tmp_path) is None
    fill(db, "mine")
    assert not join_volume(db, tmp_path)


def test_a_folder_is_used_by_one_program_at_a_time(tmp_path: Path) -> None:
    refused = pytest.raises(ConfigError, match="another Picket")
    with claim(tmp_path), refused, claim(tmp_path, timeout_s=0):
        pass
    with claim(tmp_path):
        pass


def test_a_program_that_was_killed_lets_go(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path;"
        " from picket.runtime.upkeep.volume import claim;"
        " claimed = claim(Path(sys.argv[1])); claimed.__enter__();"
        " os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode == -9
    with claim(tmp_path):
        pass
