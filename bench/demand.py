"""What decoding on demand loses: `python -m bench.demand [--form h264] [--only WORD]`.

Every test clip is encoded as a camera would send it, with times of stillness in it, and analysed
twice as in live operation: with every frame decoded, and on demand. Both are scored on the frames
that both have.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench.demand_score import Loss, compare
from bench.demand_streams import (
    FORMS,
    STILL_S,
    Clip,
    Form,
    make_stream,
    open_clip,
    truth_of_stream,
)
from picket.config.detect import DetectConfig
from picket.config.detectors import DetectorConfig
from picket.detect.load import load_backend
from picket.evaluate.jobs import plain_camera
from picket.evaluate.observed import Observation
from picket.evaluate.run import Setup, observe
from picket.evaluate.scores.tracks import load_metrics
from picket.evaluate.truth.files import find_truths, read_truth
from picket.evaluate.truth.values import Truth
from picket.evaluate.video import Video
from tests.support.servers import DATA

RESULTS = Path(__file__).with_name("results")
TRUTH = Path(__file__).with_name("truth")
KIND = "openvino"
PLAIN_LABELS = ("person",)
TITLES = (
    f"{'stream':34} {'form':10} {'frames':>6} {'absent':>6} {'left':>5} {'rest s':>6} {'unseen':>9}"
    f" {'events':>8} {'missed':>7} {'false':>7} {'recall':>13} {'IDF1':>13} {'later':>5}"
)


def main() -> None:
    """Encode, analyse twice, print a line for each stream, keep."""
    names = [form.name for form in FORMS]
    parser = argparse.ArgumentParser(prog="python -m bench.demand", description=__doc__)
    parser.add_argument("--form", action="append", choices=names, help="else h264 alone")
    parser.add_argument("--only", action="append", default=[], help="clips whose name holds this")
    parser.add_argument("--model", type=Path, default=DATA / "models" / "yolox_nano.onnx")
    parser.add_argument("--what", default="demand", help="name of the file in bench/results")
    wanted = parser.parse_args()
    load_metrics()
    detector = DetectorConfig.model_validate({"type": KIND, "model": {"path": str(wanted.model)}})
    setup = Setup(KIND, load_backend(detector))
    target = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-{wanted.what}.json"
    losses: list[Loss] = []
    print(TITLES)
    for form in (one for one in FORMS if one.name in (wanted.form or ["h264"])):
        for clip in wanted_clips(wanted.only):
            losses.append(measure(clip, form, setup))
            print(line(losses[-1]), flush=True)
            target.write_text(as_json(losses, f"{wanted.model.stem}, {KIND}"))
    print(f"kept in {target.relative_to(RESULTS.parents[1])}")


def wanted_clips(only: Sequence[str]) -> list[Path]:
    """Every clip, or those whose name holds one of these words.

    Raises: SystemExit when there is none.
    """
    every = sorted((DATA / "videos").glob("*.mp4"))
    clips = [one for one in every if not only or any(word in one.stem for word in only)]
    if not clips:
        raise SystemExit(f"no clip is named {only}; there are {[one.stem for one in every]}")
    return clips


def measure(path: Path, form: Form, setup: Setup) -> Loss:
    """One clip in one form, both ways."""
    clip = _open(path)
    truth = _truth_of(clip)
    with tempfile.TemporaryDirectory() as folder:
        stream = Path(folder) / f"{clip.name}.mp4"
        make_stream(form, clip, stream)
        whole = _observe(stream, truth, setup, decodes_all=True)
        spared = _observe(stream, truth, setup, decodes_all=False)
    return compare((clip.name, form.name), whole, spared, truth)


def line(loss: Loss) -> str:
    """As the table shows it; what both ways have, with everything decoded first."""
    whole, spared = loss.whole, loss.spared
    both = [
        _pair(getattr(whole, key), getattr(spared, key), digits).rjust(width)
        for key, digits, width in (
            ("events", 0, 8),
            ("missed", 0, 7),
            ("false_events", 0, 7),
            ("recall", 3, 13),
            ("idf1", 3, 13),
        )
    ]
    later = "-" if loss.later_s is None else f"{loss.later_s:.1f}"
    unseen = f"{loss.unseen}/{loss.believed}"
    return (
        f"{loss.stream:34} {loss.form:10} {loss.frames:6} {loss.absent:6} {loss.left_out:5}"
        f" {loss.rested_s:6.1f} {unseen:>9} {' '.join(both)} {later:>5}"
    )


def as_json(losses: Sequence[Loss], detector: str) -> str:
    """All of it, for programs."""
    used = {loss.form for loss in losses}
    return json.dumps(
        {
            "detector": detector,
            "still_s": STILL_S,
            "forms": [asdict(form) for form in FORMS if form.name in used],
            "streams": [asdict(loss) for loss in losses],
        },
        indent=1,
    )


def _open(path: Path) -> Clip:
    with closing(Video(path, DetectConfig())) as video:
        return open_clip(path, video.facts.fps)


def _truth_of(clip: Clip) -> Truth | None:
    """What its stream shows."""
    (found,) = find_truths([clip.path], [DATA / "videos", TRUTH])
    return None if found is None else truth_of_stream(read_truth(found, clip.fps), clip)


def _observe(stream: Path, truth: Truth | None, setup: Setup, *, decodes_all: bool) -> Observation:
    known = truth.labels if truth is not None else ()
    camera = plain_camera(sorted(known) or PLAIN_LABELS)
    detect = camera.detect.model_copy(update={"decode": "all" if decodes_all else "auto"})
    camera = camera.model_copy(update={"detect": detect})
    with closing(Video(stream, camera.detect)) as video:
        return observe(video, camera, setup)


def _pair(whole: float | None, spared: float | None, digits: int) -> str:
    if whole is None or spared is None:
        return "-"
    return f"{whole:.{digits}f} {spared:.{digits}f}"


if __name__ == "__main__":
    main()
