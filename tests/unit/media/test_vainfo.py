from __future__ import annotations

from pathlib import Path

import pytest

from picket.media.vainfo import NOT_STARTED, ask_vainfo


def test_a_machine_without_graphics_hardware_is_an_answer(tmp_path: Path) -> None:
    answer = ask_vainfo(tmp_path)
    assert answer.return_code != 0
    assert "no render node" in answer.error


def test_a_missing_program_is_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "renderD128").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = ask_vainfo(tmp_path)
    assert answer.return_code == NOT_STARTED
    assert "cannot be started" in answer.error


def test_the_first_node_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for node in ("renderD129", "renderD128", "card0"):
        (tmp_path / node).touch()
    program = tmp_path / "vainfo"
    program.write_text("#!/bin/sh\necho \"$@\"\necho 'vainfo: note' >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    answer = ask_vainfo(tmp_path)
    assert answer.return_code == 3
    assert answer.output == f"--display drm --device {tmp_path}/renderD128"
    assert answer.error == "vainfo: note"
