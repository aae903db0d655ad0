from pathlib import Path

import pytest

from picket.domain.errors import NotFound
from picket.media.paths import resolve_inside, snapshot_names


def test_a_name_below_the_folder_is_resolved(tmp_path: Path) -> None:
    assert resolve_inside(tmp_path, "a/b.mp4") == tmp_path.resolve() / "a" / "b.mp4"
    assert resolve_inside(tmp_path, "a/../b.mp4") == tmp_path.resolve() / "b.mp4"


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/../../x", "/etc/passwd", "a\0b"])
def test_a_name_that_leads_out_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        resolve_inside(tmp_path, name)


def test_a_link_that_leads_out_is_not_found(tmp_path: Path) -> None:
    folder = tmp_path / "media"
    folder.mkdir()
    (tmp_path / "secret").write_text("x")
    (folder / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(NotFound):
        resolve_inside(folder, "link")


def test_pictures_of_an_event_are_named_by_camera_and_id() -> None:
    names = snapshot_names("front", "1.5-abc123")
    assert names == ("front-1.5-abc123.jpg", "front-1.5-abc123-clean.png")
