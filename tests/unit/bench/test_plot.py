from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bench.plot import LEFT, MOST_TICKS, PANEL_H, PANEL_W, TOP, Panel, Series, draw, tick_step

SVG = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - drawn a moment ago


def lines_of(svg: str) -> list[list[tuple[float, float]]]:
    """Corner points of every drawn series."""
    paths = [path for path in read(svg).iter(f"{SVG}path") if path.get("fill") == "none"]
    return [
        [
            (float(x), float(y))
            for x, y in (part.split() for part in path.attrib["d"][1:].split(" L"))
        ]
        for path in paths
    ]


@given(st.floats(0.001, 1e6))
def test_the_ticks_reach_the_highest_value_and_not_much_further(highest: float) -> None:
    top = tick_step(highest) * MOST_TICKS
    assert highest <= top * 1.000001
    assert tick_step(highest) <= 0.001 or top <= 2.5 * highest * 1.000001


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=6))
def test_every_point_lies_inside_its_axes_and_higher_values_higher(values: list[float]) -> None:
    series = Series("quiet", tuple(enumerate(sorted(values), start=1)))
    (line,) = lines_of(draw([Panel("cpu", (series,))]))
    assert len(line) == len(values)
    assert all(LEFT <= x <= LEFT + PANEL_W + 0.1 for x, _ in line)
    assert all(TOP - 0.1 <= y <= TOP + PANEL_H + 0.1 for _, y in line)
    assert all(x1 < x2 and y1 >= y2 for (x1, y1), (x2, y2) in pairwise(line))


def test_a_floor_is_dashed_in_the_colour_of_its_line_and_named_once() -> None:
    ours = Series("4 < 5", ((1, 2.0), (4, 8.0)))
    floor = Series("4 < 5", ((1, 1.0), (4, 4.0)), is_floor=True)
    root = read(draw([Panel("cpu", (ours, floor))]))
    solid, dashed = [path for path in root.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert dashed.get("stroke-dasharray")
    assert not solid.get("stroke-dasharray")
    assert dashed.get("stroke") == solid.get("stroke")
    assert [text.text for text in root.iter(f"{SVG}text")].count("4 < 5") == 1


def test_a_single_number_of_cameras_is_seen_as_a_point() -> None:
    root = read(draw([Panel("cpu", (Series("busy", ((1, 2.0),)),))]))
    assert len(list(root.iter(f"{SVG}circle"))) == 1


def test_without_a_figure_there_are_axes_and_no_line() -> None:
    assert lines_of(draw([Panel("cpu", ())])) == []
