from __future__ import annotations

import json

import pytest

from bench.demand import TITLES, as_json, line, wanted_clips
from bench.demand_score import Loss, Worth

WORTH = Worth(events=4, missed=0, false_events=1, recall=0.9, precision=1.0, idf1=0.89)
LOSS = Loss(
    *("street_people_gt", "h264 smart"),
    frames=161,
    absent=5,
    left_out=36,
    rested_s=7.2,
    whole=WORTH,
    spared=Worth(3, 1, 1, None, None, None),
    unseen=2,
    believed=70,
    later_s=None,
    only_whole=1,
    only_spared=0,
)


def test_a_line_stands_under_its_titles_and_leaves_out_what_is_not_known() -> None:
    text = line(LOSS)
    assert len(text) == len(TITLES)
    assert text.split() == [
        *("street_people_gt", "h264", "smart", "161", "5", "36", "7.2", "2/70"),
        *("4", "3", "0", "1", "1", "1", "-", "-", "-"),
    ]


def test_json_names_the_forms_that_were_measured() -> None:
    kept = json.loads(as_json([LOSS], "yolox"))
    assert [form["name"] for form in kept["forms"]] == ["h264 smart"]
    assert kept["streams"][0]["whole"]["recall"] == 0.9


def test_words_choose_clips_and_an_unknown_one_is_refused() -> None:
    assert [one.stem for one in wanted_clips(["street_p"])] == ["street_people_gt"]
    assert len(wanted_clips([])) > 10
    with pytest.raises(SystemExit, match="street_people_gt"):
        wanted_clips(["zebra"])
