"""The demo camera: its pictures one by one, and a video file of one round."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorRange, Colorspace

from picket.demo.body import build_figure
from picket.demo.lens import HEIGHT_PX, WIDTH_PX
from picket.demo.paint import draw_figure, draw_shadow, figure_bounds, lay_over
from picket.demo.walk import LOOP_S, pose_at
from picket.demo.yard import render_yard
from picket.domain.frame import Picture
from picket.domain.geometry import Box

FPS = 15
FRAME_COUNT = round(LOOP_S * FPS)
GOP_FRAMES = FPS
NOISE_SPREAD = 1.6  # grey levels, one standard deviation
NOISE_SHIFT_PX = 64  # one field of noise, laid differently on every frame
BT601 = 6  # primaries, transfer and matrix as most cameras have them; ITU-T H.273 tables 2 to 4


def render_scene(n: int) -> Picture:
    """Frame n of the demo camera, noise included; the same n always gives the same picture.

    Args:
        n: frames since the start at FPS; every FRAME_COUNT frames the scene begins again.

    Returns: a fresh picture, BGR, uint8, shape (HEIGHT_PX, WIDTH_PX, 3).
    """
    n %= FRAME_COUNT
    picture = render_yard().copy()
    pose = pose_at(n / FPS)
    if pose is not None:
        parts = build_figure(pose)
        lay_over(picture, draw_shadow(parts))
        lay_over(picture, draw_figure(parts))
    left, top = np.random.default_rng(n).integers(0, NOISE_SHIFT_PX, 2)
    noise = _noise()[top : top + HEIGHT_PX, left : left + WIDTH_PX]
    return np.asarray(cv2.add(picture, noise, dtype=cv2.CV_8U), np.uint8)


def visitor_box(n: int) -> Box | None:
    """Where the visitor really is in frame n, cut at the frame's edges; None without one."""
    pose = pose_at(n % FRAME_COUNT / FPS)
    if pose is None:
        return None
    return figure_bounds(build_figure(pose)).clipped(WIDTH_PX, HEIGHT_PX)


def write_demo_video(path: Path, frames: range = range(FRAME_COUNT)) -> None:
    """Encode one round as H.264 in an MP4 that can be looped: a keyframe a second, no B-frames.

    The file appears under its name only when it is whole.

    Args:
        path: the file to make; one that is there is replaced.
        frames: which frames, for less than a whole round.

    Raises: OSError when the folder cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        _encode(unfinished, frames)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _encode(path: Path, frames: range) -> None:
    with av.open(path, "w", format="mp4", options={"movflags": "+faststart"}) as container:
        options = {"preset": "veryfast", "crf": "23", "bf": "0", "sc_threshold": "0"}
        stream = container.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH_PX, HEIGHT_PX, "yuv420p"
        context = stream.codec_context
        context.gop_size = GOP_FRAMES
        context.thread_count = 1
        context.color_primaries = context.color_trc = context.colorspace = BT601
        for n in frames:
            picture = av.VideoFrame.from_ndarray(render_scene(n), format="bgr24")
            frame = picture.reformat(
                format="yuv420p",
                dst_colorspace=Colorspace.ITU601,
                dst_color_range=ColorRange.MPEG,
            )
            frame.pts = n - frames.start
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


@lru_cache(maxsize=1)
def _noise() -> npt.NDArray[np.int16]:
    shape = (HEIGHT_PX + NOISE_SHIFT_PX, WIDTH_PX + NOISE_SHIFT_PX, 1)
    grey = np.random.default_rng(0).normal(0, NOISE_SPREAD, shape)
    return np.repeat(np.round(grey), 3, axis=2).astype(np.int16)
