"""Boxes of events in the words of the service."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import InvalidRequest
from picket.domain.event import EventData
from picket.domain.geometry import Box
from picket.plus.claims import annotation, false_positive
from tests.support.index_samples import EVENT

sides = st.integers(1, 4000)


def test_an_annotation_says_what_is_where() -> None:
    assert annotation(EVENT) == {
        "label": "person",
        "x": 0.25,
        "y": 0.5,
        "w": 0.125,
        "h": 0.25,
        "difficult": False,
    }


def test_a_false_positive_says_who_was_wrong_and_where() -> None:
    assert false_positive(EVENT) == {
        "label": "person",
        "x": 0.25,
        "y": 0.5,
        "w": 0.125,
        "h": 0.25,
        "regionX": 0.0,
        "regionY": 0.25,
        "regionW": 0.5,
        "regionH": 0.75,
        "score": 0.875,
        "model_hash": "d41d8cd98f00b204e9800998ecf8427e",
        "model_type": "yolox",
        "detector_type": "onnx",
    }


@given(x=st.integers(0, 3999), y=st.integers(0, 3999), width=sides, height=sides)
def test_the_box_is_where_it_was_in_the_picture(x: int, y: int, width: int, height: int) -> None:
    pixels = Box(x, y, x + width, y + height)
    box = pixels.relative(8000, 8000)
    said = annotation(replace(EVENT, data=EventData(box=box)))
    back = [round(float(said[key] or 0) * 8000) for key in "xywh"]
    assert back == [x, y, width, height]


@pytest.mark.parametrize(
    "data", [EventData(), EventData(region=(0, 0, 1, 1)), EventData(box=(0, 0, 1, 1))]
)
def test_without_a_place_there_is_no_false_positive(data: EventData) -> None:
    with pytest.raises(InvalidRequest, match=f"{EVENT.id} has no box"):
        false_positive(replace(EVENT, data=data))


def test_without_a_box_there_is_no_annotation() -> None:
    with pytest.raises(InvalidRequest, match="has no box"):
        annotation(replace(EVENT, data=EventData(region=(0, 0, 1, 1))))
