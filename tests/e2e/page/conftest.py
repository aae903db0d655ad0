"""A running program, and a browser tab on its page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.page.site import running_site
from tests.support.browser import LAUNCH, watched_page
from tests.support.onvif_camera import Camera, switched_on
from tests.support.servers import Picket


@pytest.fixture(scope="package")
def motors() -> Iterator[Camera]:
    """What moves the camera `yard`."""
    with switched_on(Camera()) as camera:
        yield camera


@pytest.fixture(scope="package")
def picket(tmp_path_factory: pytest.TempPathFactory, motors: Camera) -> Iterator[Picket]:
    with running_site(tmp_path_factory.mktemp("site"), motors) as started:
        yield started
        assert "Traceback" not in started.log.read_text()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ended with the package: while it runs, no other loop of asyncio can."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        yield browser
        browser.close()


@pytest.fixture
def page(picket: Picket, browser: Browser) -> Iterator[Page]:
    """An empty tab, for `page.goto("/live")`; what the page does wrong fails the test."""
    with watched_page(browser, picket.url("")) as tab:
        yield tab
