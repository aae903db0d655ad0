from __future__ import annotations

import pytest

from picket.topics.message import Message, json_message


def test_json_is_sent_as_text() -> None:
    assert json_message("stats", {"a": [1, None]}) == Message("stats", '{"a":[1,null]}')


def test_numbers_that_json_lacks_are_refused() -> None:
    with pytest.raises(ValueError):
        json_message("stats", {"a": float("nan")})
