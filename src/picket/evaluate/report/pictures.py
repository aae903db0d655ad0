"""The pictures of a report: frames of the videos with boxes drawn into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing

from picket.config.detect import DetectConfig
from picket.domain.geometry import Box
from picket.evaluate.observed import Observation
from picket.evaluate.report.worst import Case, Mark, Tone
from picket.evaluate.video import NumberedFrame, Video
from picket.media.draw import draw_labelled_box
from picket.media.jpeg import encode_jpeg, resize_to_height, to_picture
from picket.media.palette import Color

WIDTH_PX = 480
QUALITY = 75

COLORS: Mapping[Tone, Color] = {
    Tone.TRUE: (80, 200, 250),
    Tone.OURS: (120, 200, 90),
    Tone.WRONG: (80, 80, 230),
}
"""BGR; amber, green and red."""


def draw_cases(observation: Observation, cases: Sequence[Case]) -> tuple[bytes, ...]:
    """A JPEG for each case; the video is decoded once more, up to the last one.

    Raises: MediaError when it can no longer be read.
    """
    if not cases:
        return ()
    wanted = {case.frame_number for case in cases}
    frames: dict[int, NumberedFrame] = {}
    facts = observation.video
    same = DetectConfig(width=facts.width, height=facts.height, fps=facts.detect_fps)
    with closing(Video(facts.path, same)) as video:
        for numbered in video.frames():
            if numbered.number in wanted:
                frames[numbered.number] = numbered
            if len(frames) == len(wanted):
                break
    return tuple(_draw(frames[case.frame_number], case.marks) for case in cases)


def _draw(numbered: NumberedFrame, marks: Sequence[Mark]) -> bytes:
    """Scaled first, so that the words are as large in small pictures as in large ones."""
    picture = to_picture(numbered.frame)
    scale = WIDTH_PX / picture.shape[1]
    picture = resize_to_height(picture, round(picture.shape[0] * scale))
    for mark in marks:
        draw_labelled_box(picture, _scaled(mark.box, scale), mark.text, COLORS[mark.tone])
    return encode_jpeg(picture, QUALITY)


def _scaled(box: Box, scale: float) -> Box:
    x1, y1, x2, y2 = (round(side * scale) for side in (box.x1, box.y1, box.x2, box.y2))
    return Box(x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))
