"""Event lists: which objects a video shows and when, in YAML, where nobody drew boxes."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from picket.config.problems import ConfigProblems
from picket.config.section import Section, setting
from picket.config.tree import read_tree
from picket.config.wording import findings_of
from picket.evaluate.truth.values import TrueObject, Truth


class ListedEvent(Section):
    """One object, or several that come and go together."""

    label: str = setting("What it is.")
    start_s: float = setting("When it is first seen, from the first frame.", unit="s", ge=0)
    end_s: float = setting("When it is last seen, from the first frame.", unit="s", ge=0)
    count: int = setting("How many there are.", default=1, ge=1)
    height_px: float | None = setting(
        "How high it is most of the time, in the file's pixels; null means high.",
        default=None,
        unit="px",
        gt=0,
    )
    optional: bool = setting("May be noticed or not: neither is a mistake.", default=False)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> ListedEvent:
        if self.end_s <= self.start_s:
            raise ValueError(
                f"ends at {self.end_s:g} s, before it starts: correct start_s or end_s"
            )
        return self

    def to_objects(self, number: int) -> tuple[TrueObject, ...]:
        """The objects, named by the place in the list, from 1."""
        names = [f"{self.label} {number}"]
        if self.count > 1:
            names = [f"{self.label} {number}.{each}" for each in range(1, self.count + 1)]
        return tuple(
            TrueObject(name, self.label, self.start_s, self.end_s, self.height_px, self.optional)
            for name in names
        )


class EventList(Section):
    """The whole file."""

    labels: tuple[str, ...] = setting("Every object of these labels is listed.")
    events: tuple[ListedEvent, ...] = Field(default=(), description="What there is to see.")

    @model_validator(mode="after")
    def _labels_are_declared(self) -> EventList:
        unknown = sorted({event.label for event in self.events} - set(self.labels))
        if unknown:
            raise ValueError(f"events name {unknown}, which `labels` lacks: add them there")
        return self


def parse_event_list(text: str, name: str) -> Truth:
    """The truth of a video, without boxes.

    Args:
        text: YAML.
        name: of the file, for messages.

    Raises: ConfigProblems with every mistake and its line.
    """
    tree = read_tree(text, name)
    if tree.findings:
        raise ConfigProblems(tree.problem(finding) for finding in tree.findings)
    try:
        listed = EventList.model_validate(tree.data)
    except ValidationError as error:
        findings = findings_of(error, tree.data)
        raise ConfigProblems(tree.problem(finding) for finding in findings) from None
    objects = (event.to_objects(number) for number, event in enumerate(listed.events, start=1))
    return Truth(frozenset(listed.labels), tuple(each for group in objects for each in group))


def read_event_list(path: Path) -> Truth:
    """As `parse_event_list`, from a file."""
    return parse_event_list(path.read_text(encoding="utf-8"), str(path))
