from __future__ import annotations

import pytest

from picket.api.answers import JsonAnswer, refuse


def test_json_is_compact_sorted_and_ascii() -> None:
    assert JsonAnswer({"b": [1, None], "a": "é"}).body == b'{"a":"\\u00e9","b":[1,null]}\n'


def test_json_has_no_charset() -> None:
    assert JsonAnswer([]).headers["content-type"] == "application/json"


def test_numbers_that_json_does_not_have_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        JsonAnswer({"fps": float("nan")})


def test_a_refusal_has_its_status_and_headers() -> None:
    answer = refuse("no", 405, {"Allow": "GET"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert answer.body == b'{"message":"no","success":false}\n'
