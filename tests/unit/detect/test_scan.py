from __future__ import annotations

import pytest

from picket.detect.regions import RegionRules
from picket.detect.scan import scan_regions
from picket.domain.geometry import Box


def test_the_whole_frame_comes_first_and_then_ever_smaller_parts() -> None:
    regions = scan_regions(RegionRules(1280, 720, input_side=416))
    assert [region.width for region in regions] == [1280, *[640] * 6, *[416] * 8]
    assert regions[0] == Box(0, 0, 1280, 1280)


@pytest.mark.parametrize("size", [(640, 360), (1920, 1080), (704, 576), (100, 2000)])
def test_every_part_of_the_frame_is_shown_at_every_size(size: tuple[int, int]) -> None:
    width, height = size
    regions = scan_regions(RegionRules(width, height, input_side=320))
    for side in {region.width for region in regions}:
        shown = [region for region in regions if region.width == side]
        for x in range(0, width - 20, 10):
            for y in range(0, height - 20, 10):
                assert any(region.contains(Box(x, y, x + 20, y + 20)) for region in shown)


def test_a_frame_that_the_model_takes_whole_is_one_look() -> None:
    assert scan_regions(RegionRules(320, 180, input_side=320)) == (Box(0, 0, 320, 320),)
    assert scan_regions(RegionRules(178, 100, input_side=320)) == (Box(0, 0, 178, 178),)
