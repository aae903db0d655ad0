"""What stands about survives on the disk; a damaged file costs no more than a first start."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from picket.domain.appearance import CHROMA_BYTES, LUMA_BYTES, Appearance
from picket.domain.geometry import Box
from picket.domain.resident import Resident
from picket.runtime.worker.resident_file import WRITE_S, ResidentFile

WIDTH, HEIGHT = 640, 360
LOOK = Appearance(bytes(LUMA_BYTES), bytes(CHROMA_BYTES))
CAR = Resident("1.5-parked", "car", Box(100, 90, 200, 180), (LOOK,), 1.5, 2000.0)

boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.integers(0, WIDTH - 80),
    st.integers(0, HEIGHT - 80),
    st.integers(1, 80),
    st.integers(1, 80),
)
appearances = st.builds(
    Appearance,
    st.binary(min_size=LUMA_BYTES, max_size=LUMA_BYTES),
    st.binary(min_size=CHROMA_BYTES, max_size=CHROMA_BYTES),
)
residents = st.builds(
    Resident,
    id=st.text(min_size=1, max_size=20),
    label=st.sampled_from(["car", "person"]),
    box=boxes,
    appearances=st.lists(appearances, min_size=1, max_size=4).map(tuple),
    since_time=st.floats(0, 2e9),
    seen_time=st.floats(0, 2e9),
)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "front.json"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(residents, max_size=3).map(tuple))
def test_what_is_written_is_read(path: Path, known: tuple[Resident, ...]) -> None:
    ResidentFile(path, Clock()).read(WIDTH, HEIGHT)
    writer = ResidentFile(path, Clock())
    writer.read(WIDTH, HEIGHT)
    writer.keep(known, WIDTH, HEIGHT)
    assert ResidentFile(path, Clock()).read(WIDTH, HEIGHT) == known


def test_places_follow_the_size_of_the_picture(path: Path) -> None:
    ResidentFile(path, Clock()).keep((CAR,), WIDTH, HEIGHT)
    (found,) = ResidentFile(path, Clock()).read(WIDTH // 2, HEIGHT // 2)
    assert found.box == Box(50, 45, 100, 90)


def test_it_is_written_at_most_every_few_seconds_and_at_the_end(path: Path) -> None:
    clock = Clock()
    file = ResidentFile(path, clock)
    file.keep((CAR,), WIDTH, HEIGHT)
    file.keep((), WIDTH, HEIGHT)
    assert ResidentFile(path, clock).read(WIDTH, HEIGHT) == (CAR,)
    clock.now += WRITE_S
    file.keep((), WIDTH, HEIGHT)
    assert ResidentFile(path, clock).read(WIDTH, HEIGHT) == ()
    file.keep((CAR,), WIDTH, HEIGHT, is_last=True)
    assert ResidentFile(path, clock).read(WIDTH, HEIGHT) == (CAR,)


def test_what_did_not_change_is_not_written_again(path: Path) -> None:
    clock = Clock()
    file = ResidentFile(path, clock)
    file.keep((CAR,), WIDTH, HEIGHT)
    path.unlink()
    clock.now += WRITE_S
    file.keep((CAR,), WIDTH, HEIGHT)
    assert not path.exists()


def test_without_a_file_nothing_is_known(path: Path) -> None:
    assert ResidentFile(path, Clock()).read(WIDTH, HEIGHT) == ()


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "{}x", '[{"id": 1}]', "\x00\xff", "5", '{"a": 1}', '[{"box": [1]}]']
)
def test_a_damaged_file_is_told_and_counts_as_none(
    path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_text(text)
    with caplog.at_level(logging.WARNING):
        assert ResidentFile(path, Clock()).read(WIDTH, HEIGHT) == ()
    assert "learned anew" in caplog.text
    assert str(path) in caplog.text


def test_a_full_disk_costs_a_warning_and_the_old_file_stays(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    file = ResidentFile(path, clock)
    file.keep((CAR,), WIDTH, HEIGHT)
    path.with_suffix(".new").mkdir()  # nothing can be written there
    clock.now += WRITE_S
    file.keep((), WIDTH, HEIGHT)
    assert "a restart will not know" in caplog.text
    assert ResidentFile(path, clock).read(WIDTH, HEIGHT) == (CAR,)
