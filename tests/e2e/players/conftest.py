"""The recorded hour and its server; a browser tab beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.players.hour import Hour, record_hour
from tests.support.chromium import Page, running_chromium
from tests.support.footage_server import served_footage


@pytest.fixture(scope="package")
def in_utc() -> Iterator[None]:
    """The server's own zone, for hours without one."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture(scope="package")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Hour:
    return record_hour(tmp_path_factory.mktemp("hour"))


@pytest.fixture(scope="package")
def url(in_utc: None, hour: Hour, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_footage(hour.root, hour.segments, tmp_path_factory.mktemp("index")) as address:
        yield address


@pytest.fixture(scope="package")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    profile: Path = tmp_path_factory.mktemp("chromium")
    with running_chromium(profile) as tab:
        yield tab
