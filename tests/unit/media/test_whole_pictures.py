from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from picket.config.snapshots import SnapshotsConfig
from picket.domain.event import Event
from picket.media.jpeg import decode_picture
from picket.media.paths import snapshot_names
from picket.media.whole_pictures import encode_pictures, store_pictures

EVENT = Event("100.5-abcdef", "front", "bark", 93.5, None)
WHITE = np.full((180, 320, 3), 255, np.uint8)
BLACK = np.zeros((180, 320, 3), np.uint8)


@pytest.mark.parametrize("is_wanted", [True, False])
def test_the_clean_copy_is_another_picture_and_only_where_it_is_wanted(
    tmp_path: Path,
    is_wanted: bool,  # noqa: FBT001
) -> None:
    pictures = encode_pictures(WHITE, BLACK, SnapshotsConfig(clean_copy=is_wanted))
    assert store_pictures(tmp_path, EVENT, pictures)
    drawn, clean = (tmp_path / name for name in snapshot_names("front", EVENT.id))
    assert decode_picture(drawn.read_bytes()).mean() > 250
    assert clean.is_file() == is_wanted
    if is_wanted:
        assert decode_picture(clean.read_bytes()).mean() == 0
    assert decode_picture(pictures.thumbnail).shape == (175, 311, 3)


def test_a_folder_that_is_gone_costs_the_picture_alone(tmp_path: Path) -> None:
    pictures = encode_pictures(WHITE, BLACK, SnapshotsConfig())
    assert not store_pictures(tmp_path / "gone", EVENT, pictures)
