"""VLC and ffmpeg play a recorded hour to its end, over the gap."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.e2e.players.hour import HOUR_FORMS, Hour
from tests.support.servers import count_frames, decode_errors


def play_with_vlc(url: str, copy: Path) -> None:
    """Let VLC write what it plays into a transport stream, as fast as it can."""
    to_copy = "#std{access=file,mux=ts,dst=-}"
    command = ["cvlc", "--quiet", "--play-and-exit", "--sout", to_copy, url, "vlc://quit"]
    user = "nobody" if os.geteuid() == 0 else None  # it refuses to run as root
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    with copy.open("wb") as output:
        subprocess.run(
            command,
            check=True,
            timeout=60,
            user=user,
            env=environment,
            stdout=output,
            stderr=subprocess.DEVNULL,
        )


@pytest.mark.parametrize("form", [HOUR_FORMS[0], HOUR_FORMS[-2]])
def test_vlc_plays_every_frame(url: str, hour: Hour, form: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.ts"
    play_with_vlc(url + form, copy)
    assert count_frames(copy) == pytest.approx(hour.frames, abs=2)


@pytest.mark.parametrize("form", HOUR_FORMS)
def test_ffmpeg_decodes_every_form_without_a_complaint(url: str, form: str) -> None:
    assert decode_errors(url + form) == ""


def test_ffmpeg_decodes_every_frame(url: str, hour: Hour) -> None:
    assert count_frames(url + HOUR_FORMS[0]) == hour.frames
