"""Short clips drawn for tests: a bright square on a textured ground."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

WIDTH, HEIGHT, FPS = 320, 240, 10
SIDE = 40
WHITE = 250


def write_walk(path: Path, quiet: int, walk: int, gop: int = 250) -> Path:
    """A clip with nothing for so many frames, then a square that goes 4 px a frame to the right."""
    texture = np.random.default_rng(7).integers(60, 120, (HEIGHT // 20, WIDTH // 20))
    ground = np.kron(texture, np.ones((20, 20))).astype(np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"bf": "0", "crf": "12"}
        stream.codec_context.gop_size = gop
        for number in range(quiet + walk):
            yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
            yuv[:HEIGHT] = ground
            if number >= quiet:
                left = 4 * (number - quiet)
                yuv[100 : 100 + SIDE, left : left + SIDE] = WHITE
            container.mux(stream.encode(av.VideoFrame.from_ndarray(yuv, format="yuv420p")))
        container.mux(stream.encode(None))
    return path
