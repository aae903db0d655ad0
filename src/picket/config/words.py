"""Types that several sections share."""

from __future__ import annotations

from typing import Literal

TextOrList = str | tuple[str, ...]
"""One text, or several of the same kind."""

Arguments = str | tuple[str, ...]
"""Command-line arguments: a preset's name, one shell-style line, or a list."""

RetainMode = Literal["all", "motion", "active_objects"]
"""Which footage of a span is kept: everything, with motion, or with a moving object."""
