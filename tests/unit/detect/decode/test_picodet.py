"""PicoDet's eight outputs."""

from picket.detect.decode.family import Floats
from picket.detect.decode.picodet import count_classes, decode
from tests.unit.detect.decode.outputs import DOG, SIZE, assert_close, zeros

CELLS = (40 * 32, 20 * 16, 10 * 8, 5 * 4)


def outputs() -> list[Floats]:
    return [zeros(1, n, 80) for n in CELLS] + [zeros(1, n, 32) for n in CELLS]


def test_four_pairs_of_levels_are_its_own() -> None:
    shapes = [output.shape for output in outputs()]
    assert count_classes(shapes, SIZE) == 80
    assert count_classes(shapes[::-1], SIZE) is None  # scores must come first
    assert count_classes(shapes[:7], SIZE) is None
    assert count_classes([*shapes[:7], (1, 21, 32)], SIZE) is None
    assert count_classes([(1, CELLS[0], 20), *shapes[1:]], SIZE) is None


def test_32_classes_are_not_taken_for_distances() -> None:
    shapes = [(1, n, 32) for n in CELLS] * 2
    assert count_classes(shapes, SIZE) == 32


def test_an_object_reaches_from_the_middle_of_its_cell() -> None:
    levels = outputs()
    row = 3 * 10 + 2  # stride 32, middle at (80, 112)
    levels[2][0, row, DOG] = 0.7
    for side, distance in enumerate((1, 2, 3, 4)):
        levels[6][0, row, side * 8 + distance] = 50
    found = decode(levels, SIZE)
    assert found.classes.tolist() == [DOG]
    assert_close(found.scores, [0.7])
    assert_close(found.boxes, [[48 / 320, 48 / 256, 176 / 320, 240 / 256]])
