"""What is wrong with a file: all of it at once, each with its line and its cure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from picket.domain.errors import ConfigError

KeyPath = tuple[str | int, ...]
"""Where a value stands: keys of mappings and indices of lists, from the top."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake."""

    file: str
    line: int  # from 1; 0 when there is no line to point at
    key: str  # such as "cameras.front.detect.fps"; "" for the whole file
    message: str  # what is wrong and how to mend it; never a secret

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake before its place in the file is looked up."""

    path: KeyPath
    message: str


class ConfigProblems(ConfigError):
    """A file with mistakes; `problems` has them all, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ConfigProblems], tuple[tuple[Problem, ...]]]:
        return ConfigProblems, (self.problems,)


def dotted(path: KeyPath) -> str:
    """The path as users write it."""
    return ".".join(str(part) for part in path)
