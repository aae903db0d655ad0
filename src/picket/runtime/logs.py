"""One line a record, for people or for machines; credentials never show."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from picket.config.masking import mask_credentials
from picket.ipc.block import SharedBlock
from picket.ipc.log_ring import LogRing

TALKATIVE = ("httpx", "httpcore")
"""Libraries that log each address they ask, and with it what signs it."""


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How much is logged, and in which form."""

    level: str = "info"
    levels: Mapping[str, str] = field(default_factory=dict)  # by module
    as_json: bool = False
    ring: SharedBlock | None = None  # where the newest lines are kept for those who ask by HTTP


def configure_logging(settings: LogSettings, process: str) -> None:
    """Send everything to standard error, and to the ring, under the name of this process."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(process) if settings.as_json else TextFormatter(process))
    handlers: list[logging.Handler] = [handler]
    if settings.ring is not None:
        handlers.append(RingHandler(LogRing(settings.ring)))
        handlers[-1].setFormatter(TextFormatter(process))
    logging.basicConfig(level=settings.level.upper(), handlers=handlers, force=True)
    for library in TALKATIVE:
        logging.getLogger(library).setLevel(logging.WARNING)
    for module, level in settings.levels.items():
        logging.getLogger(module).setLevel(level.upper())


class RingHandler(logging.Handler):
    """Keeps each line in the ring."""

    def __init__(self, ring: LogRing) -> None:
        super().__init__()
        self._ring = ring

    def emit(self, record: logging.LogRecord) -> None:
        """Add the line."""
        self._ring.append(self.format(record))


class TextFormatter(logging.Formatter):
    """`2026-01-31 12:00:00.123 WARNING cameras:0 record.recorder: message`."""

    def __init__(self, process: str) -> None:
        super().__init__(
            f"%(asctime)s.%(msecs)03d %(levelname)-7s {process:<12} %(name)s: %(message)s",
            datefmt="%Y-%m-%d %H:%M:%S",
        )

    def format(self, record: logging.LogRecord) -> str:
        """The line, masked."""
        return mask_credentials(super().format(record)).replace(" picket.", " ", 1)


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """The object, masked."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "process": self._process,
            "module": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return mask_credentials(json.dumps(line))
