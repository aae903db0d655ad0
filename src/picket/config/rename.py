"""Gives zones other names, also wherever else the configuration file speaks of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from picket.domain.errors import ConfigError

ZONE_NAME = re.compile(r"[a-zA-Z0-9_-]+")
"""Names are parts of topics, and of keys that are joined by dots."""

_REQUIRED = ("required_zones",)
_EVERYWHERE = (("record", "events", *_REQUIRED), ("snapshots", *_REQUIRED))
"""Lists of zones that a camera has, or takes over from the top."""
_OF_A_CAMERA = (*_EVERYWHERE, ("mqtt", *_REQUIRED), ("onvif", "autotracking", *_REQUIRED))

Names = Mapping[str, str]
"""New names by old ones."""


@dataclass(frozen=True, slots=True)
class ZoneRename:
    """Another name for a zone of a camera."""

    camera: str
    old: str
    new: str


def rename_zones(tree: Any, renames: Sequence[ZoneRename]) -> None:
    """Rename zones in a file that was read, in place; those of a camera all at once.

    The zone stays where it stands, with its comments. Lists that mean it follow; one that means
    zones of this name of other cameras too has both names then.

    Raises: ConfigError when there is no such zone, the name is taken or none, or an anchor of the
        file would have more than that renamed; the tree may be half changed then.
    """
    wanted = _copy(tree)
    for camera in dict.fromkeys(each.camera for each in renames):
        names = {each.old: each.new for each in renames if each.camera == camera}
        _rename(wanted, camera, names)
        _rename(tree, camera, names)
    if _copy(tree) != wanted:
        raise ConfigError(
            "an anchor (&) of the file makes several places one, of which only some are to be"
            " renamed: rename the zone in the file"
        )


def _copy(value: Any) -> Any:
    """As plain values of which none is in two places, with what is merged by `<<` written out."""
    if isinstance(value, Mapping):
        return {key: _copy(below) for key, below in value.items()}
    return [_copy(below) for below in value] if isinstance(value, list) else value


def _rename(tree: Any, camera: str, names: Names) -> None:
    by_camera = {str(each): frozenset(_zones(tree, each)) for each in _mapping(tree, "cameras")}
    _rename_keys(_zones(tree, camera), camera, names)
    for items, cameras in _lists(tree):
        _follow(items, _followers(cameras & set(by_camera), by_camera, camera, names))


def _zones(tree: Any, camera: str) -> Any:
    return _mapping(tree, "cameras", camera, "zones")


def _mapping(tree: Any, *path: str) -> Any:
    """What is below a path; empty where there is no mapping."""
    found = _below(tree, path)
    return found if isinstance(found, Mapping) else {}


def _below(tree: Any, path: Sequence[str]) -> Any:
    for part in path:
        tree = tree.get(part) if isinstance(tree, Mapping) else None
    return tree


def _rename_keys(zones: Any, camera: str, names: Names) -> None:
    keys = [str(key) for key in zones]
    for old, new in names.items():
        place = f"cameras.{camera}.zones.{old}"
        if old not in keys:
            raise ConfigError(f"{place}: is not in the file, so it cannot be renamed")
        if not ZONE_NAME.fullmatch(new):
            raise ConfigError(f"{place}: {new[:60]!r} is no name: use letters, digits, _ and -")
        if [names.get(key, key) for key in keys].count(new) > 1:
            raise ConfigError(f"{place}: there is a zone {new} already: choose another name")
    if getattr(zones, "merge", None):
        raise ConfigError(f"cameras.{camera}.zones: some come by `<<`: rename them in the file")
    _replace_keys(zones, names)


def _replace_keys(zones: Any, names: Names) -> None:
    """All are taken out and put back: so they keep their order, and two may change places."""
    entries = list(zones.items())
    comments = dict(zones.ca.items) if hasattr(zones, "ca") else {}
    for key, _ in entries:
        del zones[key]
    for key, value in entries:
        zones[_renamed(key, names)] = value
    if comments:
        zones.ca.items.clear()
        zones.ca.items.update({_renamed(key, names): each for key, each in comments.items()})


def _renamed(name: Any, names: Names) -> Any:
    """In the same quotes."""
    new = names.get(str(name))
    if new is None:
        return name
    return type(name)(new) if isinstance(name, str) else new


def _lists(tree: Any) -> Iterator[tuple[Any, Set[str]]]:
    """Every list of zones in the file, and the cameras whose zones it means."""
    cameras = _mapping(tree, "cameras")
    everyone = {str(name) for name in cameras}
    for path in _EVERYWHERE:
        yield _below(tree, path), everyone
    for name, camera in cameras.items():
        for path in _OF_A_CAMERA:
            yield _below(camera, path), {str(name)}
    for rule in _mapping(tree, "notifications", "rules").values():
        chosen = _below(rule, ("cameras",))
        yield _below(rule, ("zones",)), set(map(str, chosen)) if chosen else everyone


def _followers(
    meant: Set[str], by_camera: Mapping[str, Set[str]], camera: str, names: Names
) -> Mapping[str, tuple[str, ...]]:
    """What stands in a list in place of each old name.

    A list that does not mean this camera follows only where no other one has a zone of the old
    name: then it means nothing, and goes on being allowed.
    """
    is_meant = camera in meant
    others = (meant if is_meant else set(by_camera)) - {camera}
    shared = set().union(*(by_camera[other] for other in others))
    both = {old: (new, old) if is_meant else (old,) for old, new in names.items()}
    return {old: both[old] if old in shared else (new,) for old, new in names.items()}


def _follow(items: Any, followers: Mapping[str, tuple[str, ...]]) -> None:
    if not isinstance(items, list) or not any(str(item) in followers for item in items):
        return
    for place in reversed(range(len(items))):
        old = items[place]
        first, *more = followers.get(str(old), (old,))
        items[place] = _renamed(old, {str(old): first})
        for name in more:
            items.insert(place + 1, name)
    for place in reversed(range(len(items))):
        if items[place] in list(items)[:place]:
            del items[place]
