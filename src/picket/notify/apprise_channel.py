"""Hands notifications to Apprise, which knows how a hundred services want them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from picket.config.notifications import ChannelConfig
from picket.domain.notice import Notice
from picket.notify.attempts import Failed, Outcome, Taken

CURE = "install it beside Picket: pip install 'picket[apprise]'"


def send_by_apprise(config: ChannelConfig, notice: Notice, picture: bytes | None) -> Outcome:
    """Tell once; Apprise says no more than whether it went well, and logs why not."""
    try:
        from apprise import Apprise
    except ImportError:
        return Failed(f"Apprise is not installed: {CURE}")
    receiver = Apprise()
    if not receiver.add(config.url):
        return Failed("Apprise does not understand the address: see its list of services")
    link = notice.fields["link"]
    text = "\n".join(str(part) for part in (notice.message, link) if part)
    with _picture_file(picture) as file:
        is_told = receiver.notify(text, notice.title, attach=file)
    return Taken("Apprise says that it was taken") if is_told else Failed("Apprise could not send")


@contextmanager
def _picture_file(picture: bytes | None) -> Iterator[str | None]:
    """A file of that name for the time of the block: it is what Apprise attaches."""
    if picture is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="picket-") as folder:
        file = Path(folder) / "snapshot.jpg"
        file.write_bytes(picture)
        yield str(file)
