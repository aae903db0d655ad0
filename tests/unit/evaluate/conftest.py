from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.clips import write_walk


@pytest.fixture(scope="session")
def walk_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three quiet seconds, then five seconds of a walk."""
    return write_walk(tmp_path_factory.mktemp("clips") / "walk.mp4", quiet=30, walk=50)
