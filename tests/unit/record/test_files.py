import itertools
from pathlib import Path

from picket.record.files import FILES, Files, make_folders


class Noting(Files):
    """Does it, and says what."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self.done.append(("make", path.name))

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self.done.append(("sync", path.name))


def test_each_new_folder_is_made_and_then_its_parent_synced(tmp_path: Path) -> None:
    files, root = Noting(), tmp_path / "root"
    root.mkdir()
    make_folders(files, root, root / "day" / "hour" / "front")
    names = ["root", "day", "hour", "front"]
    steps = [[("make", one), ("sync", parent)] for parent, one in itertools.pairwise(names)]
    assert files.done == [step for pair in steps for step in pair]


def test_a_neighbours_folder_is_synced_too_and_ones_own_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "day" / "hour").mkdir(parents=True)
    files = Noting()
    make_folders(files, tmp_path, tmp_path / "day" / "hour" / "front")
    assert ("sync", "day") in files.done
    files.done.clear()
    make_folders(files, tmp_path, tmp_path / "day" / "hour" / "front")
    assert files.done == []


def test_a_root_that_vanished_is_made_again(tmp_path: Path) -> None:
    root = tmp_path / "recordings"
    make_folders(FILES, root, root / "day" / "hour" / "front")
    assert (root / "day" / "hour" / "front").is_dir()
