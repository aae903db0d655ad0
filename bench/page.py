"""How long the page Events takes with a large index: `python -m bench.page [--events 100000]`.

Fills an index, starts the real server on it and opens the page in Chromium, again and again.
Printed beside a floor: the same for a page that asks for nothing.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.api_index import fill_index
from tests.support.browser import LAUNCH, watched_page
from tests.support.servers import free_port, wait_for

ROUNDS = 5
CARD = "a[id^='event-']"
SCROLLS = 150


def shown_ms(page: Page, address: str, selector: str) -> float:
    """From the navigation until an element is there."""
    page.goto(address, wait_until="commit")
    page.locator(selector).first.wait_for()
    return float(page.evaluate("() => performance.now()"))


def opened_ms(page: Page) -> float:
    """From a click on the first card until the event is shown."""
    began = page.evaluate("() => performance.now()")
    page.locator(CARD).first.click()
    page.locator("aside dl").wait_for()
    return float(page.evaluate("() => performance.now()")) - float(began)


def scrolled(page: Page) -> tuple[int, int]:
    """Cards in the page at most, and how many were seen, while somebody scrolls far down."""
    page.mouse.move(600, 500)
    most, seen = 0, set[str]()
    for _ in range(SCROLLS):
        page.mouse.wheel(0, 2000)
        ids = page.evaluate(f"""() => [...document.querySelectorAll("{CARD}")].map((e) => e.id)""")
        most, seen = max(most, len(ids)), seen | set(ids)
        page.wait_for_timeout(30)  # a hand turns no faster
    return most, len(seen)


def measure(page: Page) -> None:
    """Print what one browser sees."""
    rounds = range(ROUNDS)
    floor = [shown_ms(page, "/nowhere", "h1") for _ in rounds]
    listed, opened = [], []
    for _ in rounds:
        listed.append(shown_ms(page, "/events", CARD))
        opened.append(opened_ms(page))
    page.goto("/events")
    page.locator(CARD).first.wait_for()
    most, seen = scrolled(page)
    for name, values in (("an empty page", floor), ("first card", listed), ("open", opened)):
        print(f"{name}: {statistics.median(values):.0f} ms ({min(values):.0f} … {max(values):.0f})")
    print(f"scrolling: {seen} events seen, at most {most} cards in the page")


def main() -> None:
    """Parse, fill, serve, look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index, port = Path(folder) / "index.db", free_port()
        fill_index(index, wanted.events, 0)
        command = [sys.executable, "-m", "bench.api_server", str(index), str(port)]
        with subprocess.Popen(command) as server, sync_playwright() as playwright:
            try:
                browser = playwright.chromium.launch(**LAUNCH)
                address = f"http://127.0.0.1:{port}"
                wait_for(lambda: _answers(address), 60, "server")
                with watched_page(browser, address) as page:
                    measure(page)
                browser.close()
            finally:
                server.terminate()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/version", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    main()
