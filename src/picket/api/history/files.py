"""A file of minutes for each day; a line each, so that a torn one costs a minute."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from picket.api.history.columns import Values

KEPT_DAYS = 3
SUFFIX = ".jsonl"
DIGITS = 2


def append_minute(folder: Path, minute_time: float, values: Values) -> None:
    """Add a line to the file of its day; the first of a day removes old files. Raises: OSError."""
    path = folder / f"{time.strftime('%Y-%m-%d', time.gmtime(minute_time))}{SUFFIX}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(folder.glob(f"*{SUFFIX}"))[: -KEPT_DAYS + 1]:
            old.unlink()
    rounded = {key: round(value, DIGITS) for key, value in values.items()}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps([int(minute_time), rounded], separators=(",", ":")) + "\n")


def read_minutes(folder: Path) -> Iterator[tuple[float, Values]]:
    """Every line that can be read, oldest first."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            found = _read_line(line)
            if found is not None:
                yield found


def _read_line(line: str) -> tuple[float, Values] | None:
    try:
        minute_time, values = json.loads(line)
        return float(minute_time), {str(key): float(value) for key, value in values.items()}
    except (ValueError, TypeError, AttributeError):
        return None  # a power cut in the middle of it
