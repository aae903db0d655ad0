"""Looking at pictures that the program answered."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import httpx
import numpy as np
import numpy.typing as npt

from tests.support.servers import wait_for

Pixels = npt.NDArray[np.uint8]

GREEN, BLUE = (0, 255, 0), (255, 0, 0)  # BGR
PERSON = (23, 190, 207)  # BGR; where dogs are tracked too


def read_picture(answer: httpx.Response, kind: str = "image/jpeg") -> Pixels:
    """The pixels of an answer that must be a picture, BGR."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == kind
    return decode(answer.content)


def decode(picture: bytes) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None, f"{picture[:20]!r} is no picture"
    return np.asarray(pixels, np.uint8)


def size(pixels: Pixels) -> tuple[int, int]:
    """Width and height."""
    return pixels.shape[1], pixels.shape[0]


def differing(a: Pixels, b: Pixels) -> int:
    """Pixels that differ by more than JPEG's noise."""
    assert a.shape == b.shape
    return int((cv2.absdiff(a, b).max(axis=2) > 60).sum())


def count_color(pixels: Pixels, color: tuple[int, int, int]) -> int:
    """Pixels of about this colour."""
    distance = np.abs(pixels.astype(int) - np.array(color)).max(axis=2)
    return int((distance < 70).sum())


def pair(fetch: Callable[[str], httpx.Response], query: str) -> tuple[bytes, bytes]:
    """The same picture without and with a query: nothing new came between them."""

    def attempt() -> tuple[bytes, bytes] | None:
        plain, changed, again = fetch(""), fetch(query), fetch("")
        for answer in (plain, changed):
            read_picture(answer)
        return (plain.content, changed.content) if plain.content == again.content else None

    return wait_for(attempt, 20, "picture that stays for three requests")
