"""What tests of the analysis begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.runtime.detector_side import make_ends
from tests.unit.runtime.worker.analysis_bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    ends = make_ends()
    yield Bench(ends, tmp_path)
    ends.close()
