from __future__ import annotations

import numpy as np
import pytest

from picket.config.objects import ObjectsConfig
from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.events.filters import compile_filters, filter_detections, foot, stands_in

SIZE = (640, 360)
HOME = Box(100, 100, 140, 180)  # 3200 px, ratio 0.5, foot (120, 180)
REGION = Box(0, 0, 320, 320)


def passes(
    objects: dict[str, object], box: Box = HOME, score: float = 0.8, label: str = "person"
) -> bool:
    filters = compile_filters(ObjectsConfig.model_validate(objects), *SIZE)
    return bool(filter_detections([Detection(label, score, box, REGION)], filters, *SIZE))


def test_only_tracked_labels_are_followed() -> None:
    assert passes({})
    assert not passes({}, label="dog")
    assert passes({"track": ["dog"]}, label="dog")


@pytest.mark.parametrize(
    "limit",
    [
        {"min_area": 3201},
        {"max_area": 3199},
        {"min_ratio": 0.51},
        {"max_ratio": 0.49},
        {"min_score": 0.81},
    ],
)
def test_a_detection_beyond_any_limit_is_dropped(limit: dict[str, float]) -> None:
    assert not passes({"filters": {"person": limit}})
    assert passes({"filters": {"dog": limit}})


def test_limits_include_their_ends() -> None:
    exact = {"min_area": 3200, "max_area": 3200, "min_ratio": 0.5, "max_ratio": 0.5}
    assert passes({"filters": {"person": exact | {"min_score": 0.8}}})


@pytest.mark.parametrize("where", ["objects", "filter"])
def test_a_mask_hides_objects_whose_foot_is_in_it(where: str) -> None:
    around_the_foot = "110,170,130,170,130,190,110,190"
    masked: dict[str, object] = (
        {"mask": around_the_foot}
        if where == "objects"
        else {"filters": {"person": {"mask": around_the_foot}}}
    )
    assert not passes(masked)
    assert passes(masked, box=Box(100, 100, 140, 230))


def test_a_box_is_cut_to_the_frame_and_dropped_outside() -> None:
    filters = compile_filters(ObjectsConfig(), *SIZE)
    out = [Detection("person", 0.8, box, REGION) for box in (Box(-9, 9, 50, 99), Box(-9, 0, -1, 9))]
    assert [d.box for d in filter_detections(out, filters, *SIZE)] == [Box(0, 9, 50, 99)]


def test_the_foot_of_a_box_at_the_border_lies_in_the_frame() -> None:
    assert foot(Box(600, 300, 700, 360), *SIZE) == (639, 359)


def test_the_edge_belongs_to_the_polygon() -> None:
    contour = np.array([(0, 0), (10, 0), (10, 10), (0, 10)], np.int32)
    assert stands_in((10, 5), contour)
    assert not stands_in((11, 5), contour)


def test_a_share_of_min_score_may_be_enough() -> None:
    config = ObjectsConfig.model_validate({"filters": {"person": {"min_score": 0.6}}})
    filters = compile_filters(config, *SIZE)
    weak = [Detection("person", score, Box(10, 10, 50, 90), REGION) for score in (0.29, 0.3, 0.6)]
    assert filter_detections(weak, filters, *SIZE) == tuple(weak[2:])
    assert filter_detections(weak, filters, *SIZE, score_share=0.5) == tuple(weak[1:])
