from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.notice import Clock, Notice
from picket.notify.rules import RuleMemory, Verdict
from picket.notify.spool import Spool
from tests.unit.notify.samples import notice

MEMORY = RuleMemory(
    {("r", "event-1"): Verdict(is_told=True, time=5.0), ("s", "é"): Verdict(is_told=False, time=6)},
    {("r", "front", "person"): 5.0},
)


def numbered(number: int) -> Notice:
    return replace(notice(), key=f"{number:032}", clock=Clock(judged=100.0 + number))


def test_what_was_kept_comes_back_in_its_order_until_it_is_dropped(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "notifications")
    first, second, third = (numbered(n) for n in range(3))
    for one in (third, first, second):
        spool.keep(one)
    assert list(Spool(tmp_path / "notifications").load()) == [first, second, third]
    spool.drop(second)
    spool.drop(second)
    assert list(spool.load()) == [first, third]


def test_two_browsers_have_a_file_each(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    one, other = replace(notice(), target="a" * 16), replace(notice(), target="b" * 16)
    spool.keep(one)
    spool.keep(other)
    assert sorted(spool.load(), key=lambda kept: kept.target) == [one, other]


def test_a_torn_file_is_put_aside_and_the_rest_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool = Spool(tmp_path)
    spool.keep(notice())
    (tmp_path / "outbox" / "000-torn.json").write_text('{"key": "abc", "ch')
    assert list(spool.load()) == [notice()]
    assert "cannot be read" in caplog.text
    caplog.clear()
    assert list(spool.load()) == [notice()]
    assert caplog.text == ""


def test_nothing_half_written_is_ever_read(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.keep(notice())
    (file,) = (tmp_path / "outbox").iterdir()
    (tmp_path / "outbox" / "000-other.new").write_bytes(file.read_bytes()[:50])
    assert list(spool.load()) == [notice()]


def test_what_was_decided_comes_back(tmp_path: Path) -> None:
    assert Spool(tmp_path).recall() == RuleMemory()
    Spool(tmp_path).remember(MEMORY)
    assert Spool(tmp_path).recall() == MEMORY


def test_a_memory_that_cannot_be_read_is_a_first_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "decided.json").write_text('{"verdicts": [["r", 1]]}')
    assert Spool(tmp_path).recall() == RuleMemory()
    assert "forgotten" in caplog.text


def test_a_disk_that_refuses_is_logged_and_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    spool = Spool(tmp_path)
    spool.keep(notice())
    spool.drop(notice())
    assert list(spool.load()) == []
    assert "would forget" in caplog.text
