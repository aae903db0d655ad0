from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from picket.api.offline import BACKGROUND, OfflineNotice, render_offline

NOTICE = OfflineNotice("front", since=1_705_320_000.0, detail="connection refused")


def test_the_notice_says_which_camera_since_when_and_why() -> None:
    assert NOTICE.lines(UTC) == (
        "front is offline",
        "since 2024-01-15 12:00:00",
        "connection refused",
    )


def test_the_time_is_local() -> None:
    assert NOTICE.lines(ZoneInfo("Asia/Tokyo"))[1] == "since 2024-01-15 21:00:00"


def test_what_is_not_known_is_not_said() -> None:
    assert OfflineNotice("front", None).lines(UTC) == ("front is offline", "no picture yet")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 480), (178, 100), (16, 16)])
def test_the_picture_has_the_size_that_was_asked_for(width: int, height: int) -> None:
    picture = render_offline(NOTICE, width, height, UTC)
    assert picture.shape == (height, width, 3)
    assert picture.dtype == np.uint8


def test_long_text_does_not_run_out_of_the_picture() -> None:
    notice = OfflineNotice("a" * 40, 1.0, "no route to host " * 8)
    picture = render_offline(notice, 640, 360, UTC)
    right_margin = picture[20:, -20:]
    assert (right_margin == BACKGROUND).all()
