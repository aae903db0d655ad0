"""One running program for the whole folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.api.scene import Scene, running_scene


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("scene")) as started:
        yield started
        assert "Traceback" not in started.picket.log.read_text()
