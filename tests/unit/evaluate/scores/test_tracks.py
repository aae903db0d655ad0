"""TrackEval's sums on scenes small enough to be counted by hand."""

from __future__ import annotations

import sys

import pytest

from picket.domain.errors import Unavailable
from picket.evaluate.observed import Following
from picket.evaluate.scores.tracks import TrackScores, add_up, load_metrics, scenes, sum_tracks
from picket.evaluate.truth.values import TrueBox, Truth
from tests.unit.evaluate.samples import box, boxes_truth, followed, standing, true_box

NUMBERS = range(1, 11)
HERE, FAR = box(100), box(400)
TRUTH = boxes_truth({number: [true_box(HERE)] for number in NUMBERS})


def scores(following: Following, truth: Truth = TRUTH) -> TrackScores:
    found = add_up([sum_tracks(scenes(NUMBERS, following.tracks, truth))])
    assert found is not None
    return found


def test_a_perfect_track_has_ones() -> None:
    found = scores(followed({"a": standing(HERE, 1, 10)}, 10))
    assert (found.mota, found.idf1, found.hota) == pytest.approx((1, 1, 1))
    assert (found.switches, found.fragments) == (0, 0)


def test_a_switch_in_the_middle_halves_identity() -> None:
    found = scores(followed({"a": standing(HERE, 1, 5), "b": standing(HERE, 6, 10)}, 10))
    assert found.switches == 1
    assert found.mota == pytest.approx(1 - 1 / 10)
    assert found.idf1 == pytest.approx(5 / 10)
    assert found.hota == pytest.approx((1 * 0.5) ** 0.5)


def test_a_gap_is_a_fragment() -> None:
    # Beside another one, because TrackEval sees no gap where a frame has no tracks at all.
    truth = boxes_truth({n: [true_box(HERE), true_box(FAR, "person 2")] for n in NUMBERS})
    walk = standing(HERE, 1, 4) | standing(HERE, 7, 10)
    found = scores(followed({"a": walk, "b": standing(FAR, 1, 10)}, 10), truth)
    assert (found.switches, found.fragments) == (0, 1)
    assert found.mota == pytest.approx(18 / 20)
    assert found.idf1 == pytest.approx(2 * 18 / (20 + 18))


def test_a_false_track_costs_its_boxes() -> None:
    found = scores(followed({"a": standing(HERE, 1, 10), "b": standing(FAR, 1, 5)}, 10))
    assert found.mota == pytest.approx(1 - 5 / 10)


def test_ignored_regions_and_other_labels_cost_nothing() -> None:
    both: dict[int, list[TrueBox]] = {
        number: [true_box(HERE), true_box(FAR, is_ignored=True)] for number in NUMBERS
    }
    walks = {"a": standing(HERE, 1, 10), "b": standing(FAR, 1, 10)}
    assert scores(followed(walks, 10), boxes_truth(both)).mota == pytest.approx(1)
    ours, cars = followed(walks, 10), followed({"c": standing(box(0), 1, 10)}, 10, "car")
    mixed = Following(
        tuple(a + b for a, b in zip(ours.tracks, cars.tracks, strict=True)), ours.events
    )
    assert scores(mixed, boxes_truth(both)).mota == pytest.approx(1)


def test_a_box_of_another_label_is_a_miss() -> None:
    truth = Truth(frozenset({"person", "car"}), (), TRUTH.boxes)
    found = scores(followed({"a": standing(HERE, 1, 10)}, 10, "car"), truth)
    assert (found.mota, found.idf1) == (-1, 0)


def test_nothing_found_and_nothing_there() -> None:
    assert scores(followed({}, 10)).idf1 == 0
    empty = boxes_truth({})
    assert scores(followed({"a": standing(HERE, 1, 10)}, 10), empty).idf1 == 0
    assert add_up([]) is None


def test_videos_are_added_up_by_their_boxes() -> None:
    good = sum_tracks(scenes(NUMBERS, followed({"a": standing(HERE, 1, 10)}, 10).tracks, TRUTH))
    blind = sum_tracks(scenes(NUMBERS, followed({}, 10).tracks, TRUTH))
    found = add_up([good, blind])
    assert found is not None
    assert found.mota == pytest.approx(0.5)
    assert found.idf1 == pytest.approx(2 * 10 / (20 + 10))


def test_trackeval_keeps_silent(capsys: pytest.CaptureFixture[str]) -> None:
    load_metrics()
    assert capsys.readouterr() == ("", "")


def test_without_trackeval_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trackeval", None)
    with pytest.raises(Unavailable, match="pip install --no-deps trackeval scipy"):
        load_metrics()
