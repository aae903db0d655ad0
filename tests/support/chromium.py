"""A headless Chromium that tests tell what to do, by its DevTools protocol.

Source: https://chromedevtools.github.io/devtools-protocol/ (domains Page and Runtime).
"""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.support.servers import end_tree, wait_for

FLAGS = (
    "--headless",
    "--no-sandbox",  # a container's root has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
    "--remote-debugging-port=0",
)


class Page:
    """One tab."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)

    def open(self, url: str) -> None:
        """Go there and wait until it has loaded."""
        self._call("Page.navigate", {"url": url}, 20)
        loaded = f"document.readyState === 'complete' && location.href === {json.dumps(url)}"
        wait_for(lambda: self.run(loaded), 20, f"page {url}")

    def run(self, script: str, timeout_s: float = 60) -> Any:  # the tests know the shape
        """The value of an expression in the page; a promise is waited for.

        Raises: AssertionError with what the script threw.
        """
        wanted = {"expression": script, "awaitPromise": True, "returnByValue": True}
        answer = self._call("Runtime.evaluate", wanted, timeout_s)
        thrown = answer.get("exceptionDetails")
        assert thrown is None, thrown.get("exception", {}).get("description", thrown["text"])
        return answer["result"].get("value")

    def _call(self, method: str, parameters: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=timeout_s))
            if message.get("id") == number:
                assert "error" not in message, message
                return dict(message["result"])


@contextmanager
def running_chromium(profile: Path) -> Iterator[Page]:
    """Start Chromium with an empty profile; gives its one tab, and ends all of it afterwards."""
    command = ["chromium", *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, start_new_session=True)
    try:
        address = wait_for(lambda: _first_tab(profile), 40, "Chromium")
        with connect(address, max_size=None) as socket:
            yield Page(socket)
    finally:
        end_tree(process)


def _first_tab(profile: Path) -> str | None:
    """Where the tab's DevTools listen, once they do."""
    try:
        port = (profile / "DevToolsActivePort").read_text().splitlines()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=5) as answer:
            tabs = json.load(answer)
    except (OSError, IndexError):
        return None
    pages = [tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page"]
    return str(pages[0]) if pages else None
