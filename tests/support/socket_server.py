"""The HTTP door on a real port of loopback, served as the program serves it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from picket.api.app import create_app
from picket.api.deps import ServerContext
from picket.runtime.serving.http_server import uvicorn_config
from tests.support.servers import free_port, wait_for


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    host: str  # name and port
    server: uvicorn.Server
    thread: threading.Thread

    def stop(self) -> None:
        """Have it end as the program does, and wait for it."""
        self.server.should_exit = True
        self.thread.join(10)
        assert not self.thread.is_alive()


@contextmanager
def serving(context: ServerContext) -> Iterator[Served]:
    """Serve a door of its own over this; always ended."""
    app, port = create_app(context), free_port()
    server = uvicorn.Server(uvicorn_config(app, "127.0.0.1", port))
    thread = threading.Thread(target=server.run, daemon=True)
    served = Served(f"127.0.0.1:{port}", server, thread)
    thread.start()
    try:
        wait_for(lambda: server.started, 10, "HTTP server")
        yield served
    finally:
        served.stop()
        app.state.services.readers.close()
