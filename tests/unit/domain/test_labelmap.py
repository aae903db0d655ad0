"""Files that name classes."""

import pytest

from picket.domain.errors import ModelError
from picket.domain.labelmap import parse_labelmap


def test_a_label_a_line_is_numbered_from_zero() -> None:
    assert parse_labelmap("person\ntraffic light\n") == {0: "person", 1: "traffic light"}


def test_numbered_lines_may_leave_gaps_and_hold_spaces() -> None:
    text = "0  person\n9 traffic light\n\n12 stop sign\n"
    assert parse_labelmap(text) == {0: "person", 9: "traffic light", 12: "stop sign"}


def test_an_empty_label_map_names_nothing() -> None:
    assert parse_labelmap("") == {}


def test_a_numbered_map_with_a_line_without_number_is_refused() -> None:
    with pytest.raises(ModelError, match="'dog' is not `index label`"):
        parse_labelmap("0 person\ndog\n")
