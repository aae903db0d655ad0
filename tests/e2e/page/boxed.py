"""Boxes over a moving picture, and whether somebody is in them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Locator, Page, WebSocket

from picket.config.detectors import DetectorConfig, ModelConfig
from picket.detect.load import load_backend
from picket.domain.frame import Picture
from picket.domain.geometry import Box, RelativeBox
from picket.domain.look import Ask, Urgency
from picket.evaluate.in_process import InProcessDetector
from picket.media.jpeg import decode_picture, to_frame
from tests.support.ground_truth import DATA

PICTURES = 8
APART_S = 0.5  # between pictures: where the clip begins again, all boxes are of who was there
MOST_LOOKS = 50
SAME_S = 0.08  # so long a picture is shown
INTERVAL_S = 3 * SAME_S  # between frames that are analysed, at most
SURE = 0.5  # score of who is there

SHOWN = """async (video, [zeroTime, interval, apart]) => {
    const begin = video.currentTime;
    while (video.currentTime < begin + apart) await new Promise(requestAnimationFrame);
    video.play = async () => {};  // whenever something comes, the page would have it go on
    video.pause();
    const over = document.querySelector("[data-time]");
    const late = () => zeroTime + video.currentTime - Number(over.dataset.time);
    const end = performance.now() + 2000;  // a busy machine is late with frames
    do await new Promise(requestAnimationFrame);
    while (!(late() < interval) && performance.now() < end);
    const canvas = document.createElement("canvas");
    const [width, height] = [video.videoWidth, video.videoHeight];
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext("2d").drawImage(video, 0, 0);
    const room = video.getBoundingClientRect();
    const scale = Math.min(room.width / width, room.height / height);
    const [shownWidth, shownHeight] = [width * scale, height * scale];
    const left = room.x + (room.width - shownWidth) / 2;
    const top = room.y + (room.height - shownHeight) / 2;
    const shown = {
        late: late(),
        picture: canvas.toDataURL("image/jpeg").split(",")[1],
        boxes: [...over.querySelectorAll("[data-object]:not([class*=lost])")].map(each => {
            const box = each.getBoundingClientRect();
            return [(box.x - left) / shownWidth, (box.y - top) / shownHeight,
                    box.width / shownWidth, box.height / shownHeight];
        }),
    };
    delete video.play;
    await video.play();
    return shown;
}"""
"""A picture of the video, which is held for it, and the boxes of who is seen in it."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """A picture as it was shown."""

    picture: Picture
    boxes: tuple[RelativeBox, ...]


def zero_times(page: Page) -> list[float]:
    """Gets what the server tells of the video's clock, newest last; called before it is opened."""
    times: list[float] = []

    def hear(frame: str | bytes) -> None:
        told: dict[str, Any] = json.loads(frame) if isinstance(frame, str) else {}
        if "zero_time" in told:
            times.append(told["zero_time"])

    def join(socket: WebSocket) -> None:
        if "/live/mse/" in socket.url:
            socket.on("framereceived", hear)

    page.on("websocket", join)
    return times


def boxed_pictures(video: Locator, times: Sequence[float]) -> list[Boxed]:
    """Some with boxes of the analysed frame before: an overloaded machine has older ones too."""
    found: list[Boxed] = []
    for _ in range(MOST_LOOKS):
        shown = video.evaluate(SHOWN, [times[-1], INTERVAL_S + SAME_S, APART_S])
        if not shown["boxes"] or shown["late"] > INTERVAL_S + SAME_S:
            continue
        assert shown["late"] > -SAME_S
        picture = decode_picture(b64decode(shown["picture"]))
        found.append(Boxed(picture, tuple(map(tuple, shown["boxes"]))))
        if len(found) == PICTURES:
            return found
    raise AssertionError(f"of {MOST_LOOKS} pictures {len(found)} had boxes")


def overlap(pictures: Sequence[Boxed]) -> float:
    """How well the best box of a picture fits a person in it: the median where there is one."""
    model = ModelConfig(path=str(DATA / "models" / "yolox_nano.onnx"), model_type="yolox")
    detector = InProcessDetector(load_backend(DetectorConfig(type="onnx", model=model)))
    fits = [_best_fit(one, detector) for one in pictures]
    return median(fit for fit in fits if fit is not None)


def _best_fit(one: Boxed, detector: InProcessDetector) -> float | None:
    height, width = one.picture.shape[:2]
    side = max(height, width)
    whole = Ask(Box(0, 0, side, side), Urgency.NEW)
    seen = detector.detect(to_frame(one.picture), [whole]).found
    boxes = [Box.from_relative(box, width, height) for box in one.boxes]
    people = [who.box for who in seen if who.label == "person" and who.score >= SURE]
    return max((box.iou(person) for box in boxes for person in people), default=None)
