"""Conditions of a query and the values that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Where:
    """Conditions, all of which must hold."""

    conditions: list[str] = field(default_factory=list)
    values: dict[str, str | float | int] = field(default_factory=dict)

    def add(self, condition: str, **values: str | float) -> None:
        """One more condition."""
        self.conditions.append(condition)
        self.values.update(values)

    def names(self, prefix: str, wanted: Sequence[str]) -> str:
        """Bind a list; `(:prefix_0, :prefix_1)`, and `(NULL)`, which nothing is in, for none."""
        keys = {f"{prefix}_{number}": value for number, value in enumerate(wanted)}
        self.values.update(keys)
        return "(" + (", ".join(f":{key}" for key in keys) or "NULL") + ")"

    def text(self) -> str:
        """All of them, joined; 1 = 1 for none."""
        return " AND ".join(self.conditions) or "1 = 1"
