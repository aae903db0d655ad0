"""What happens to database files."""

from __future__ import annotations

from pathlib import Path

PAGE_BYTES = 4096


def spoil_pages(path: Path) -> None:
    """Overwrite the rows at the end of a database file: it opens and cannot be read."""
    content = bytearray(path.read_bytes())
    last = len(content) // PAGE_BYTES
    first = 2 * last // 3
    assert last > first
    content[first * PAGE_BYTES : last * PAGE_BYTES] = b"\xa5" * ((last - first) * PAGE_BYTES)
    path.write_bytes(content)
