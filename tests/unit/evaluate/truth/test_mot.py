from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.problems import ConfigProblems
from picket.domain.geometry import Box
from picket.evaluate.truth.mot import parse_mot, read_mot

TEXT = """1,1,10.4,20,30.2,40,1,1,1
2,1,12,20,30,40,1,1,0.5

2,7,100,20,30,10,1,3,1
3,8,100,20,30,10,0,8,1
"""


def test_every_line_is_a_box_of_a_frame() -> None:
    truth = parse_mot(TEXT, "yard.gt.txt", fps=2)
    assert truth.labels == {"person", "car"}
    assert truth.boxes is not None
    assert [true.box for true in truth.boxes[1]] == [Box(10, 20, 41, 60)]
    assert [(true.object_id, true.label) for true in truth.boxes[2]] == [
        ("person 1", "person"),
        ("car 7", "car"),
    ]
    assert [(o.id, o.start_s, o.end_s) for o in truth.objects] == [
        ("person 1", 0.0, 1.0),
        ("car 7", 0.5, 1.0),
    ]


def test_confidence_0_is_ignored_whatever_its_class() -> None:
    truth = parse_mot(TEXT, "yard.gt.txt", fps=2)
    assert truth.boxes is not None
    assert [true.is_ignored for true in truth.boxes[3]] == [True]


def test_six_fields_are_a_person() -> None:
    truth = parse_mot("5,3,0,0,10,20", "a.txt", fps=1)
    assert [o.id for o in truth.objects] == ["person 3"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("1,1,10,20,30", "5 fields"),
        ("1,1,10,20,thirty,40", "thirty"),
        ("0,1,10,20,30,40", "frames count from 1"),
        ("1,1,10,20,0,40", "width"),
        ("1,1,10,20,30,40,1,99,1", "class 99"),
    ],
)
def test_every_bad_line_is_named_with_its_number(line: str, what: str) -> None:
    with pytest.raises(ConfigProblems, match=what) as caught:
        parse_mot(f"1,1,10,20,30,40,1,1,1\n{line}\n{line}", "yard.gt.txt", fps=5)
    assert [problem.line for problem in caught.value.problems] == [2, 3]
    assert str(caught.value).startswith("yard.gt.txt:2: ")


def test_files_are_read(tmp_path: Path) -> None:
    file = tmp_path / "yard.gt.txt"
    file.write_text(TEXT)
    assert read_mot(file, fps=2) == parse_mot(TEXT, str(file), fps=2)
