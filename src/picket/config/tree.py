"""YAML text to plain values that remember their lines.

Values are read by YAML 1.1, as Frigate's files are written: `on`, `off`, `yes` and `no` are
booleans. Two differences, both towards what people mean: a lone `y` or `n` stays text, and the key
of a mapping is always the text that was written (`1:`, `on:`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from picket.config.problems import ConfigProblems, Finding, KeyPath, Problem, dotted

BOOLEAN_TAG = "tag:yaml.org,2002:bool"
MERGE_TAG = "tag:yaml.org,2002:merge"


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's content and where each part of it stands."""

    name: str  # of the file, for messages
    data: Any  # dicts, lists and scalars
    lines: Mapping[KeyPath, int] = field(default_factory=dict)  # from 1
    findings: tuple[Finding, ...] = ()  # mistakes that did not stop the reading

    def problem(self, finding: Finding) -> Problem:
        """The finding with its line: its own, or that of the nearest thing around it."""
        path = finding.path
        while path and path not in self.lines:
            path = path[:-1]
        return Problem(self.name, self.lines.get(path, 0), dotted(finding.path), finding.message)


def read_tree(text: str, name: str) -> Tree:
    """Read YAML, or JSON, which is a part of it.

    Args:
        text: the file's content.
        name: of the file; `.json` allows tabs between the tokens.

    Raises: ConfigProblems when it is no YAML, with the line where reading failed.
    """
    if name.endswith(".json"):
        text = text.replace("\t", " ")  # JSON has no raw tab inside a string
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    try:
        root = yaml.compose(text)
    except YAMLError as error:
        raise ConfigProblems([_syntax_problem(error, name)]) from None
    if root is None:
        return Tree(name, {})
    reader = _Reader(yaml)
    data = reader.read(root, ())
    return Tree(name, data, reader.lines, tuple(reader.findings))


def _syntax_problem(error: YAMLError, name: str) -> Problem:
    if not isinstance(error, MarkedYAMLError):
        return Problem(name, 0, "", f"not valid YAML: {error}")
    mark = error.problem_mark or error.context_mark
    what = " ".join(part for part in (error.context, error.problem) if part)
    cure = "check the indentation, quotes and brackets here and on the line before"
    return Problem(name, mark.line + 1 if mark else 0, "", f"not valid YAML, {what}: {cure}")


class _Reader:
    """Turns nodes into values, noting lines and mistakes on the way."""

    def __init__(self, yaml: YAML) -> None:
        self._construct = yaml.constructor.construct_object
        self._open: set[int] = set()  # ids of the nodes being read: an alias to one is a loop
        self.lines: dict[KeyPath, int] = {}
        self.findings: list[Finding] = []

    def read(self, node: Node, path: KeyPath) -> Any:
        """The value of a node."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._open:
            self.findings.append(Finding(path, "contains itself: remove the alias"))
            return None
        self._open.add(id(node))
        try:
            if isinstance(node, MappingNode):
                return self._mapping(node, path)
            if isinstance(node, SequenceNode):
                return [self.read(child, (*path, n)) for n, child in enumerate(node.value)]
            return self._scalar(node, path)
        finally:
            self._open.remove(id(node))

    def _scalar(self, node: Node, path: KeyPath) -> Any:
        if node.tag == BOOLEAN_TAG and node.value in "yYnN":
            return node.value
        try:
            value = self._construct(node)
            return _whole(value) if isinstance(value, str) else value
        except (YAMLError, ValueError):
            message = f"{node.value!r} cannot be read as {node.tag}: put it in quotes"
            self.findings.append(Finding(path, message))
            return None

    def _mapping(self, node: MappingNode, path: KeyPath) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == MERGE_TAG:
                merged = self._merge(value_node, path) | merged
                continue
            if not isinstance(key_node, ScalarNode):
                self.findings.append(Finding(path, "a key must be text, not a list or a mapping"))
                continue
            key = _whole(str(key_node.value))
            here = (*path, key)
            if key in own:
                message = f"written twice, first on line {self.lines[here]}: keep one"
                self.findings.append(Finding(here, message))
            self.lines[here] = key_node.start_mark.line + 1
            if key not in own:
                own[key] = self.read(value_node, here)
        return merged | own

    def _merge(self, node: Node, path: KeyPath) -> dict[str, Any]:
        """The mapping, or the list of mappings of which the first wins, behind `<<:`."""
        nodes = node.value if isinstance(node, SequenceNode) else [node]
        merged: dict[str, Any] = {}
        for one in nodes:
            value = self.read(one, path)
            if isinstance(value, dict):
                merged = value | merged
            else:
                self.findings.append(Finding(path, "`<<` needs a mapping, such as `<<: *name`"))
        return merged


def _whole(text: str) -> str:
    """The text with its surrogates joined: JSON escapes a rare character as two of them.

    Source: RFC 8259, section 7. One that is left alone is no character, and is replaced.
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
