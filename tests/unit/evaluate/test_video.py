from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from picket.config.detect import DetectConfig
from picket.domain.errors import MediaError
from picket.evaluate.video import START_TIME, Video
from tests.support.clips import FPS, HEIGHT, WIDTH


def test_frames_are_chosen_at_the_detect_rate_and_numbered_as_in_the_file(walk_clip: Path) -> None:
    with closing(Video(walk_clip, DetectConfig(fps=5))) as video:
        frames = list(video.frames())
    assert [each.number for each in frames] == list(range(1, 80, 2))
    assert [each.time_s for each in frames] == pytest.approx([n / 5 for n in range(40)])
    assert frames[0].frame.frame_time == pytest.approx(START_TIME, abs=0.2)
    assert (frames[0].frame.width, frames[0].frame.height) == (WIDTH, HEIGHT)


def test_facts_are_known_before_decoding(walk_clip: Path) -> None:
    with closing(Video(walk_clip, DetectConfig(width=160, height=120, fps=2))) as video:
        facts = video.facts
        assert (facts.name, facts.fps, facts.detect_fps) == ("walk", FPS, 2)
        assert (facts.file_width, facts.file_height) == (WIDTH, HEIGHT)
        first = next(video.frames()).frame
    assert (first.width, first.height) == (facts.width, facts.height) == (160, 120)


def test_every_reading_gives_the_same(walk_clip: Path) -> None:
    def times() -> list[float]:
        with closing(Video(walk_clip, DetectConfig())) as video:
            return [each.frame.frame_time for each in video.frames()]

    assert times() == times()


def test_what_is_no_video_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"nowhere\.mp4"):
        Video(tmp_path / "nowhere.mp4", DetectConfig())
    text = tmp_path / "text.mp4"
    text.write_text("no video")
    with pytest.raises(MediaError, match=r"text\.mp4"):
        Video(text, DetectConfig())
