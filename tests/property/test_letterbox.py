"""Rules of placing regions that hold for every region."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from picket.detect.letterbox import Placement, place
from picket.domain.geometry import Box
from picket.ipc.messages import FoundObject

FRAME_WIDTH, FRAME_HEIGHT = 1280, 720

sizes = st.sampled_from([(300, 300), (320, 320), (416, 416), (448, 256), (640, 384)])


@st.composite
def placements(draw: st.DrawFn) -> Placement:
    side = draw(st.integers(32, 1400))
    x = draw(st.integers(-side // 2, FRAME_WIDTH - 16))
    y = draw(st.integers(-side // 2, FRAME_HEIGHT - 16))
    width, height = draw(sizes)
    return place(Box(x, y, x + side, y + side), FRAME_WIDTH, FRAME_HEIGHT, width, height)


@given(placements())
def test_source_and_target_are_even_and_inside(placement: Placement) -> None:
    bounds = [(placement.source, FRAME_WIDTH, FRAME_HEIGHT)]
    bounds.append((placement.target, placement.width, placement.height))
    for box, width, height in bounds:
        assert box.clipped(width, height) == box
        assert not any(side % 2 for side in (box.x1, box.y1, box.x2, box.y2))


@given(placements())
def test_both_axes_keep_one_scale_but_for_rounding(placement: Placement) -> None:
    assume(min(placement.target.width, placement.target.height) >= 32)
    across = placement.source.width / placement.target.width
    down = placement.source.height / placement.target.height
    boxes = (placement.source, placement.target)
    slack = sum(4 / box.width + 4 / box.height for box in boxes)
    assert across == pytest.approx(down, rel=slack)


@given(
    placements(),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_detection_lies_inside_the_frame(
    placement: Placement, x: tuple[float, float], y: tuple[float, float]
) -> None:
    found = FoundObject("person", 0.5, min(x), min(y), max(x), max(y))
    detection = placement.to_frame(found)
    if detection is not None:
        assert detection.box.clipped(FRAME_WIDTH, FRAME_HEIGHT) == detection.box
