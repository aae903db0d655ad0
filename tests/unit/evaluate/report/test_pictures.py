from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from picket.config.detect import DetectConfig
from picket.domain.geometry import Box
from picket.evaluate.report.pictures import COLORS, WIDTH_PX, draw_cases
from picket.evaluate.report.worst import Case, Kind, Mark, Tone
from picket.evaluate.video import Video
from picket.media.jpeg import decode_picture
from tests.support.clips import HEIGHT, WIDTH
from tests.unit.evaluate.samples import followed, observation


def test_each_case_is_its_frame_with_its_boxes(walk_clip: Path) -> None:
    with closing(Video(walk_clip, DetectConfig())) as video:
        seen = replace(observation(followed({}, 40)), video=video.facts)
    mark = Mark(Box(60, 30, 120, 90), "here", Tone.WRONG)
    cases = [Case(Kind.LATE, "", 79, (mark,)), Case(Kind.LATE, "", 1), Case(Kind.LATE, "", 79)]
    marked, first, plain = (decode_picture(jpeg) for jpeg in draw_cases(seen, cases))
    assert marked.shape == (HEIGHT * WIDTH_PX // WIDTH, WIDTH_PX, 3)
    scale = WIDTH_PX / WIDTH
    corner = marked[round(90 * scale), round(90 * scale)].astype(int)
    assert np.abs(corner - COLORS[Tone.WRONG]).max() < 60
    square = (round(120 * scale), round((4 * 48 + 20) * scale))
    assert plain[square].min() > 200 > first[square].max()
