"""NanoDet's single output."""

import pytest

from picket.detect.decode.nanodet import count_classes, decode
from tests.unit.detect.decode.outputs import DOG, SIZE, assert_close, zeros

THREE_LEVELS = 40 * 32 + 20 * 16 + 10 * 8
FOUR_LEVELS = THREE_LEVELS + 5 * 4


def test_both_generations_are_told_by_their_cells() -> None:
    assert count_classes([(1, THREE_LEVELS, 112)], SIZE) == 80
    assert count_classes([(1, FOUR_LEVELS, 112)], SIZE) == 80
    assert count_classes([(1, FOUR_LEVELS + 1, 112)], SIZE) is None
    assert count_classes([(1, FOUR_LEVELS, 32)], SIZE) is None


@pytest.mark.parametrize(("cells", "x", "y"), [(THREE_LEVELS, 80, 112), (FOUR_LEVELS, 64, 96)])
def test_points_lie_where_the_generation_puts_them(cells: int, x: int, y: int) -> None:
    output = zeros(1, cells, 112)
    row = 40 * 32 + 20 * 16 + 3 * 10 + 2  # stride 32
    output[0, row, DOG] = 0.7
    output[0, row, [80 + side * 8 + 1 for side in range(4)]] = 50
    found = decode([output], SIZE)
    assert found.classes.tolist() == [DOG]
    assert_close(found.boxes, [[(x - 32) / 320, (y - 32) / 256, (x + 32) / 320, (y + 32) / 256]])
