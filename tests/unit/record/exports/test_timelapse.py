from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest

from picket.domain.errors import ConfigError, MediaError
from picket.record.exports.timelapse import run_timelapse, timelapse_argv
from picket.record.exports.watch import ExportStopped, Watch

PART = bytes(1 << 16)


def test_the_users_arguments_come_after_the_encoders_and_before_the_file(tmp_path: Path) -> None:
    argv = timelapse_argv("-vf 'setpts=0.04*PTS' -crf 30", tmp_path / "a b.mp4")
    assert argv[0] == "ffmpeg"
    assert argv.index("libx264") < argv.index("setpts=0.04*PTS") < argv.index("-movflags")
    assert argv[-1] == str(tmp_path / "a b.mp4")
    assert "-an" in argv


def test_an_open_quotation_is_a_mistake_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="timelapse_args"):
        timelapse_argv("-vf 'setpts", tmp_path / "a.mp4")


def test_a_child_gets_every_byte(tmp_path: Path) -> None:
    target, watch = tmp_path / "copy", Watch()
    run_timelapse(["dd", f"of={target}", "status=none"], [b"ab", PART * 20, b"c"], 1 << 21, watch)
    assert target.read_bytes() == b"ab" + PART * 20 + b"c"
    assert 0.5 < watch.progress <= 1.0


def test_ffmpegs_last_words_are_the_reason(tmp_path: Path) -> None:
    argv = timelapse_argv("-vf nonsense=1", tmp_path / "a.mp4")
    with pytest.raises(MediaError, match=r"no timelapse: .+"):
        run_timelapse(argv, repeat(PART, 1000), 1000 * len(PART), Watch())


def test_a_missing_program_is_told() -> None:
    with pytest.raises(MediaError, match="cannot be started"):
        run_timelapse(["/no/ffmpeg"], [PART], len(PART), Watch())


def test_a_child_that_takes_nothing_is_killed_by_a_stop(tmp_path: Path) -> None:
    watch, pid_file = Watch(), tmp_path / "pid"
    script = "import os,sys,time; open(sys.argv[1],'w').write(str(os.getpid())); time.sleep(600)"

    def parts() -> Iterator[bytes]:
        while not (pid_file.exists() and pid_file.read_text()):
            yield b""
        watch.stop()
        yield from repeat(PART)

    with pytest.raises(ExportStopped):
        run_timelapse([sys.executable, "-c", script, str(pid_file)], parts(), 1, watch)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


def test_a_stop_is_seen_while_ffmpeg_finishes() -> None:
    watch = Watch()

    def parts() -> Iterator[bytes]:
        yield b"x"
        watch.stop()

    with pytest.raises(ExportStopped):
        run_timelapse([sys.executable, "-c", "import time; time.sleep(600)"], parts(), 1, watch)
