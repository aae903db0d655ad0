"""What goes into a query and what comes out of it, whichever database answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

Values = Mapping[str, str | bytes | float | int | None]
"""What a query names, by name."""


class Row(Protocol):
    """Values by column name, in the order of the query."""

    def __getitem__(self, column: str, /) -> Any:
        """The value of a column."""

    def __iter__(self) -> Iterator[Any]:
        """The values."""

    def keys(self) -> list[str]:
        """The names of the columns."""
