"""Changes settings in the text of a configuration file; comments and order stay. Pure."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.util import load_yaml_guess_indent

from picket.config.problems import KeyPath, dotted
from picket.config.rename import ZoneRename, rename_zones
from picket.domain.errors import ConfigError

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,15})(\.\d{1,10})?")
_STRING = "tag:yaml.org,2002:str"
_RENAME = "rename"  # no setting is called so
_LONGEST_LINE = 1 << 20  # nothing is wrapped: a polygon stays on its line


@dataclass(frozen=True, slots=True)
class Change:
    """A new value of one setting."""

    path: KeyPath
    values: tuple[str, ...]  # none deletes the key, several make a list


Edit = Change | ZoneRename
"""What can be asked for."""


def read_changes(pairs: Iterable[tuple[str, str]]) -> tuple[Edit, ...]:
    """Changes from a query string such as `cameras.front.motion.mask.0=0,0,10,0,10,10`.

    Numbers in a key are places in lists. A key that stands there several times makes a list, one
    without a value is deleted. `rename.cameras.front.zones.yard=garden` renames a zone.

    Raises: ConfigError when a key has an empty part, or there is none.
    """
    values: dict[str, list[str]] = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    if not values:
        raise ConfigError("no setting is named: ask for cameras.front.detect.fps=5 or the like")
    changes: list[Edit] = []
    for key, given in values.items():
        parts = key.split(".")
        if not all(parts):
            raise ConfigError(f"{key[:60]!r} is no setting: its parts are joined by single dots")
        changes.append(_rename(parts, given) if parts[0] == _RENAME else _change(parts, given))
    return tuple(changes)


def _rename(parts: list[str], given: list[str]) -> ZoneRename:
    match parts, given:
        case [_, "cameras", camera, "zones", old], [new]:
            return ZoneRename(camera, old, new)
    raise ConfigError("only zones have other names: ask for rename.cameras.front.zones.yard=garden")


def _change(parts: list[str], given: list[str]) -> Change:
    path = tuple(int(part) if part.isascii() and part.isdigit() else part for part in parts)
    return Change(path, () if given == [""] else tuple(given))


def edit_text(text: str, changes: Iterable[Edit], *, is_json: bool = False) -> str:
    """The text with the changes made, one after the other; zones are renamed together.

    Raises: ConfigError when the text cannot be read, a change leads through a single value, or a
        zone cannot have the name.
    """
    if is_json:
        return _edit_json(text, changes)
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _LONGEST_LINE
    try:
        tree, indent, offset = load_yaml_guess_indent(text, yaml=yaml)
        tree = CommentedMap() if tree is None else tree
        _apply(tree, changes, _yaml_scalar)
        yaml.indent(mapping=2, sequence=indent or 2, offset=offset or 0)
        target = io.StringIO()
        yaml.dump(tree, target)
    except YAMLError as error:
        raise ConfigError(f"the file cannot be changed, it is not valid YAML: {error}") from None
    return target.getvalue()


def _edit_json(text: str, changes: Iterable[Edit]) -> str:
    try:
        tree = json.loads(text)
    except ValueError as error:
        raise ConfigError(f"the file cannot be changed, it is not valid JSON: {error}") from None
    _apply(tree, changes, _scalar)
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def _apply(tree: Any, edits: Iterable[Edit], scalar: Callable[[str], Any]) -> None:
    for _, same in groupby(edits, type):
        group = list(same)
        renames = [edit for edit in group if isinstance(edit, ZoneRename)]
        if renames:
            rename_zones(tree, renames)
        for edit in group:
            if isinstance(edit, Change):
                _set(tree, edit, scalar)


def _set(tree: Any, change: Change, scalar: Callable[[str], Any]) -> None:
    container = _descend(tree, change.path)
    key = change.path[-1]
    if not change.values:
        _delete(container, key, change.path)
    elif len(change.values) == 1:
        _put(container, key, scalar(change.values[0]), change.path)
    else:
        items = CommentedSeq([scalar(value) for value in change.values])
        _put(container, key, items, change.path)


def _descend(tree: Any, path: KeyPath) -> Any:
    """The mapping or list that holds the last part of a path; missing ones are made."""
    container = tree
    for place, (part, following) in enumerate(pairwise(path), start=1):
        below = _get(container, part, path[:place])
        if isinstance(following, int) and isinstance(below, str):
            below = CommentedSeq([below])  # one mask, about to become several
            _put(container, part, below, path[:place])
        elif below is None:
            below = CommentedSeq() if isinstance(following, int) else CommentedMap()
            _put(container, part, below, path[:place])
        container = below
    _require_container(container, path)
    return container


def _get(container: Any, part: str | int, path: KeyPath) -> Any:
    _require_container(container, path)
    if isinstance(container, Mapping):
        return container.get(_key(container, part))
    if not isinstance(part, int):
        raise ConfigError(f"{dotted(path)}: a place in a list is a number")
    return container[part] if part < len(container) else None


def _put(container: Any, part: str | int, value: Any, path: KeyPath) -> None:
    if isinstance(container, CommentedMap) and not container:
        container.fa.set_block_style()  # `{}` had no room for anything
    if isinstance(container, Mapping):
        container[_key(container, part)] = value  # type: ignore[index]  # a mapping that was read
    elif not isinstance(part, int) or part > len(container):
        raise ConfigError(f"{dotted(path)}: the list has {len(container)} items, add the next one")
    elif part == len(container):
        container.append(value)
    else:
        container[part] = value


def _delete(container: Any, part: str | int, path: KeyPath) -> None:
    try:
        del container[_key(container, part) if isinstance(container, Mapping) else part]
    except (KeyError, IndexError, TypeError):
        raise ConfigError(f"{dotted(path)}: is not in the file, so it cannot be deleted") from None


def _key(container: Mapping[Any, Any], part: str | int) -> str | int:
    """As it is written: a key such as `1:` is a number to YAML."""
    return part if part in container or isinstance(part, str) else str(part)


def _require_container(value: Any, path: KeyPath) -> None:
    if not isinstance(value, Mapping | list):
        above = dotted(path[:-1])
        raise ConfigError(f"{dotted(path)}: {above} is a single value, nothing can be below it")


def _scalar(text: str) -> bool | int | float | str:
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def _yaml_scalar(text: str) -> Any:
    value = _scalar(text)
    if isinstance(value, str) and not _stays_text(value):
        return DoubleQuotedScalarString(value)
    return value


def _stays_text(text: str) -> bool:
    """Whether YAML 1.1, by which the file is read, takes the plain text for text (not `on`)."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    try:
        node = yaml.compose(text)
    except YAMLError:
        return False
    return isinstance(node, ScalarNode) and node.tag == _STRING and node.value == text
