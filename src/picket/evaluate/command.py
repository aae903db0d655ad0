"""`picket evaluate`: analyses videos, compares with the truth and reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from picket.config.detect import DetectConfig
from picket.detect.load import load_backend
from picket.domain.errors import ConfigError
from picket.evaluate.examined import Examined
from picket.evaluate.jobs import Job, Wish, find_jobs, plain_camera
from picket.evaluate.report.page import Chapter, page
from picket.evaluate.report.pictures import draw_cases
from picket.evaluate.report.table import ALL, table, to_json
from picket.evaluate.report.worst import worst_cases
from picket.evaluate.run import Setup, observe
from picket.evaluate.scores.tracks import load_metrics
from picket.evaluate.scores.video import VideoScores, score_video, total
from picket.evaluate.truth.files import find_truths, read_truth
from picket.evaluate.video import Video

PLAIN_LABELS = ("person",)
"""Looked for in a video of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the report goes besides the terminal."""

    json: Path | None = None
    html: Path | None = None  # folder


def evaluate(
    wish: Wish, outputs: Outputs, env: Mapping[str, str], say: Callable[[str], None]
) -> None:
    """Analyse, score and report.

    Raises: PicketError when an input cannot be used.
    """
    jobs, detector = find_jobs(wish, env)
    truths = find_truths([job.video for job in jobs], wish.truths)
    if any(truths):
        load_metrics()
    setup = Setup(detector.type, load_backend(detector), wish.with_baseline, wish.decode)
    examined = []
    for job, truth in zip(jobs, truths, strict=True):
        examined.append(examine(job, truth, setup))
        say(_summary(examined[-1]))
    scores = [each.scores for each in examined]
    overall = total(scores, ALL)
    say(table([*scores, overall] if len(scores) > 1 else scores))
    name = f"{setup.backend.info.name}, {detector.type}"
    try:
        if outputs.json is not None:
            outputs.json.write_text(to_json([*scores, overall], name), encoding="utf-8")
        if outputs.html is not None:
            write_page(outputs.html, examined, overall, name)
    except OSError as error:
        raise ConfigError(f"the report cannot be written ({error}): name another place") from error


def write_page(
    folder: Path, examined: Sequence[Examined], overall: VideoScores, detector: str
) -> None:
    """Write `index.html` into a folder, which is made if there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    chapters = [
        Chapter(each, cases, draw_cases(each.observation, cases))
        for each in examined
        for cases in [worst_cases(each)]
    ]
    folder.joinpath("index.html").write_text(page(chapters, overall, detector), encoding="utf-8")


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
    left_out = sum(not frame.is_decoded for frame in seen.frames)
    note = f" ({left_out} not decoded)" if left_out else ""
    return (
        f"{seen.video.name}: {len(seen.frames)} frames{note} in {seen.took_s:.1f} s,"
        f" {len(seen.ours.events)} events"
    )
