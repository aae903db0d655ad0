"""Queries name their values (`:camera`); PostgreSQL numbers them (`$1`). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Texts, quoted names, remarks and casts are passed over, so that only names of values are left.
_NAME = re.compile(r"""'[^']*'|"[^"]*"|--[^\n]*|::|:(?P<name>[A-Za-z_]\w*)""")


@dataclass(frozen=True, slots=True)
class NumberedQuery:
    """A query in PostgreSQL's form."""

    text: bytes
    names: tuple[str, ...]  # whose value is `$1`, `$2` and so on


@lru_cache(maxsize=2048)
def number_values(sql: str) -> NumberedQuery:
    """Number the values of a query in the order in which they are first named."""
    numbers: dict[str, int] = {}

    def replace(found: re.Match[str]) -> str:
        name = found["name"]
        return found[0] if name is None else f"${numbers.setdefault(name, len(numbers) + 1)}"

    text = _NAME.sub(replace, sql)
    return NumberedQuery(text.encode(), tuple(numbers))
