from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.evaluate.scores.boxes import iou_matrix, is_ignored
from tests.unit.evaluate.samples import box, true_box

boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    *(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50), st.integers(1, 50)),
)


@given(a=st.lists(boxes, max_size=4), b=st.lists(boxes, max_size=4))
def test_the_matrix_holds_the_overlap_of_every_pair(a: list[Box], b: list[Box]) -> None:
    matrix = iou_matrix(a, b)
    assert matrix.shape == (len(a), len(b))
    assert all(matrix[i, j] == a[i].iou(b[j]) for i in range(len(a)) for j in range(len(b)))


def test_a_box_with_half_of_itself_in_an_ignored_region_is_ignored() -> None:
    region = true_box(Box(0, 0, 100, 100), is_ignored=True)
    assert is_ignored(Box(50, 0, 150, 100), [region])
    assert not is_ignored(Box(51, 0, 151, 100), [region])
    assert not is_ignored(box(0), [true_box(box(0))])
