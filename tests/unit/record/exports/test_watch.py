from __future__ import annotations

import time

import pytest

from picket.record.exports.watch import ExportStopped, Watch


def test_a_stop_ends_the_next_check_and_every_pause() -> None:
    watch = Watch()
    watch.check()
    watch.stop()
    with pytest.raises(ExportStopped):
        watch.check()
    began = time.monotonic()
    watch.pause(60)
    assert time.monotonic() - began < 30
