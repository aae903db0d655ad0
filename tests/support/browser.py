"""Looks at the web page through Chromium, driven by Playwright.

Source: https://playwright.dev/python/docs/api/class-page
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

LAUNCH: dict[str, Any] = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",  # a container's root has no other way
        "--disable-dev-shm-usage",
        "--mute-audio",
        "--autoplay-policy=no-user-gesture-required",
    ],
}

WIDTHS_PX = {390: 844, 1280: 800, 2560: 1440}
"""A phone, a desk and a wall, with their heights."""

PATIENCE_MS = 60_000
"""How long a busy machine may take before something is missing."""

SHOTS = os.environ.get("PICKET_SHOTS")
"""A folder for pictures of the page, for people to look at."""

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

SETTLED = """() => Promise.allSettled(
  document.getAnimations()
    .filter((each) => each instanceof CSSTransition)
    .map((each) => each.finished)
)"""
"""Colours on their way from one appearance to the other are nobody's colours."""

expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def watched_page(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    """A new tab without a past; at its end, faults of scripts and of the policy are told.

    Raises: AssertionError when a script failed or the content security policy refused something.
    """
    wanted = {
        "viewport": {"width": 1280, "height": 800},
        "timezone_id": "UTC",
        "locale": "en-GB",
        "service_workers": "block",  # each tab has no past, and so would store the page first
    }
    context = browser.new_context(base_url=base_url, **{**wanted, **options})
    context.set_default_timeout(PATIENCE_MS)
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", hear)
    try:
        yield page
    finally:
        context.close()
    assert faults == [], faults


def shots(page: Page, name: str) -> None:
    """Write `NAME-WIDTH.png` for each width, if somebody wants to look (PICKET_SHOTS)."""
    if SHOTS is None:
        return
    before = page.viewport_size
    for width, height in WIDTHS_PX.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(500)  # what moves when the size changes comes to rest
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png")
    if before is not None:
        page.set_viewport_size(before)


def assert_accessible(page: Page) -> None:
    """Nothing that axe calls serious or critical, in dark and in light.

    Source: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        serious = [
            f"{scheme}: {each['id']}: {each['nodes'][0]['html'][:200]}"
            f" {each['nodes'][0]['failureSummary']}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert not serious, "\n".join(serious)
