from __future__ import annotations

from xml.etree import ElementTree as ET

from picket.evaluate.report.timeline import NAME_WIDTH, WIDTH, timeline
from picket.evaluate.scores.events import EventScores, score_events
from picket.evaluate.truth.values import TrueObject, Truth
from tests.unit.evaluate.samples import box, followed, frames, standing, times_truth

TRUTH = times_truth(
    TrueObject("person <1>", "person", 0.0, 10.0),
    TrueObject("person 2", "person", 0.0, 5.0, is_optional=True),
)
WALKS = {"a": standing(box(0), 1, 50)}


def scores(truth: Truth) -> EventScores:
    return score_events(frames(50), followed(WALKS, 50), truth, 10.0)


def bars(svg: str, kind: str) -> list[tuple[float, float]]:
    """Left edge and width of the bars of a kind."""
    found = ET.fromstring(svg).iter("rect")  # noqa: S314 - our own text
    return [
        (float(r.attrib["x"]), float(r.attrib["width"])) for r in found if r.attrib["class"] == kind
    ]


def test_objects_and_events_are_drawn_along_time() -> None:
    svg = timeline(TRUTH, scores(TRUTH))
    assert bars(svg, "true") == [(NAME_WIDTH, WIDTH - NAME_WIDTH)]
    assert bars(svg, "true optional") == [(NAME_WIDTH, (WIDTH - NAME_WIDTH) / 2)]
    ((left, width),) = bars(svg, "right")
    assert left == NAME_WIDTH + 0.4 / 10 * (WIDTH - NAME_WIDTH)
    assert left + width < WIDTH
    assert bars(svg, "false") == []


def test_false_events_have_a_row_of_their_own() -> None:
    svg = timeline(times_truth(), scores(times_truth()))
    assert len(bars(svg, "false")) == 1


def test_an_empty_scene_without_events_has_no_drawing() -> None:
    assert timeline(times_truth(), EventScores(duration_s=10)) == ""


def test_names_cannot_break_the_drawing() -> None:
    assert "person &lt;1&gt;" in timeline(TRUTH, scores(TRUTH))
