"""`picket evaluate`: analyses videos, compares with the truth and reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from picket.config.detect import DetectConfig
from picket.detect.load import load_backend
from picket.evaluate.jobs import Job, Wish, find_jobs, plain_camera
from picket.evaluate.observed import Observation
from picket.evaluate.report.table import ALL, table, to_json
from picket.evaluate.run import Setup, observe
from picket.evaluate.scores.tracks import load_metrics
from picket.evaluate.scores.video import VideoScores, score_video, total
from picket.evaluate.truth.files import find_truth, read_truth
from picket.evaluate.truth.values import Truth
from picket.evaluate.video import Video

PLAIN_LABELS = ("person",)
"""Looked for in a video of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the report goes besides the terminal."""

    json: Path | None = None
    html: Path | None = None  # folder


@dataclass(frozen=True, slots=True)
class Examined:
    """One video with everything that is known of it."""

    observation: Observation
    truth: Truth | None  # in pixels of the analysed frames
    scores: VideoScores


def evaluate(
    wish: Wish, outputs: Outputs, env: Mapping[str, str], say: Callable[[str], None]
) -> None:
    """Analyse, score and report.

    Raises: PicketError when an input cannot be used.
    """
    jobs, detector = find_jobs(wish, env)
    truths = [find_truth(job.video, wish.truths, is_only=len(jobs) == 1) for job in jobs]
    if any(truths):
        load_metrics()
    setup = Setup(detector.type, load_backend(detector), wish.with_baseline)
    examined = []
    for job, truth in zip(jobs, truths, strict=True):
        examined.append(examine(job, truth, setup))
        say(_summary(examined[-1]))
    scores = [each.scores for each in examined]
    if len(scores) > 1:
        scores.append(total(scores, ALL))
    say(table(scores))
    if outputs.json is not None:
        settings = {"detector": detector.type, "model": setup.backend.info.name}
        outputs.json.write_text(to_json(scores, settings), encoding="utf-8")


def examine(job: Job, truth_file: Path | None, setup: Setup) -> Examined:
    """Analyse and score one video."""
    detect = job.camera.detect if job.camera is not None else DetectConfig()
    with closing(Video(job.video, detect)) as video:
        facts = video.facts
        known = None if truth_file is None else read_truth(truth_file, facts.fps)
        labels = known.labels if known is not None else frozenset()
        camera = job.camera or plain_camera(sorted(labels) or PLAIN_LABELS)
        if known is not None:
            file_size, size = (facts.file_width, facts.file_height), (facts.width, facts.height)
            known = known.for_labels(camera.objects.track).scaled(file_size, size)
        observation = observe(video, camera, setup)
    return Examined(observation, known, score_video(observation, known))


def _summary(examined: Examined) -> str:
    """One line while the next video is under way."""
    seen = examined.observation
    return (
        f"{seen.video.name}: {len(seen.frames)} frames in {seen.took_s:.1f} s,"
        f" {len(seen.ours.events)} events"
    )
