from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.problems import ConfigProblems
from picket.evaluate.truth.event_list import parse_event_list, read_event_list
from picket.evaluate.truth.values import TrueObject

TEXT = """
labels: [person, car]
events:
  - {label: person, start_s: 6.0, end_s: 19.8}
  - {label: car, start_s: 2, end_s: 9, count: 2, height_px: 35, optional: true}
"""


def test_every_event_is_an_object_or_several() -> None:
    truth = parse_event_list(TEXT, "yard.yml")
    assert truth.labels == {"person", "car"}
    assert truth.boxes is None
    assert truth.objects == (
        TrueObject("person 1", "person", 6.0, 19.8),
        TrueObject("car 2.1", "car", 2, 9, 35, is_optional=True),
        TrueObject("car 2.2", "car", 2, 9, 35, is_optional=True),
    )


def test_an_empty_scene_has_labels_and_no_events() -> None:
    truth = parse_event_list("labels: [person]\nevents: []\n", "empty.yml")
    assert truth.labels == {"person"}
    assert truth.objects == ()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("events: []", 1, "labels"),
        ("labels: [person]\nevents:\n- {label: person, start_s: 5, end_s: 5}", 3, "end_s"),
        ("labels: [person]\nevents:\n- {label: dog, start_s: 5, end_s: 6}", 1, "dog"),
        ("labels: [person]\nevents:\n- {label: person, start: 5, end_s: 6}", 3, "start"),
        ("labels: [person]\nlabels: [car]", 2, "twice"),
        ("labels: [person", 1, "YAML"),
    ],
)
def test_every_mistake_is_told_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(ConfigProblems, match=what) as caught:
        parse_event_list(text, "yard.yml")
    assert caught.value.problems[0].line == line


def test_files_are_read(tmp_path: Path) -> None:
    file = tmp_path / "yard.yml"
    file.write_text(TEXT)
    assert read_event_list(file) == parse_event_list(TEXT, str(file))
