"""`logger`: how much is logged."""

from __future__ import annotations

from typing import Literal

from picket.config.section import Section, setting

LogLevel = Literal["debug", "info", "warning", "error", "critical"]
"""The least severe message that is logged."""


class LoggerConfig(Section):
    """Log levels."""

    default: LogLevel = setting("For modules not listed in `logs`.", default="info")
    logs: dict[str, LogLevel] = setting("Level by module.", default={})
