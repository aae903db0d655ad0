"""From a file to a Config, or to the list of everything that is wrong with it.

read (tree) → replace names (env) → check each section as written → merge (inherit) → fill in
(derive) → check sections against each other (checks).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from picket.config.checks import find_mistakes
from picket.config.derive import derive
from picket.config.env import read_secrets, secrets_folder, substitute
from picket.config.inherit import INHERITED, inherit
from picket.config.problems import ConfigProblems, Finding, KeyPath, Problem
from picket.config.root import Config
from picket.config.tree import Tree, read_tree
from picket.config.wording import findings_of

INHERITED_PATHS = frozenset((section,) for section in INHERITED)


def load_config(path: Path, env: Mapping[str, str], secrets: Path | None = None) -> Config:
    """Read, check and complete the user's file.

    Args:
        path: the YAML (or JSON) file.
        env: environment variables; FRIGATE_* may be used in the file.
        secrets: folder with files FRIGATE_*, each holding one value; the environment wins. None:
            as the environment says.

    Raises: ConfigProblems, a ConfigError, with every mistake that was found.
    """
    try:
        text = path.read_text(encoding="utf-8")
        known = {**read_secrets(secrets or secrets_folder(env)), **env}
    except FileNotFoundError:
        message = "does not exist: create it, or name another one with --config or CONFIG_FILE"
        raise ConfigProblems([Problem(str(path), 0, "", message)]) from None
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read ({error}): it must be UTF-8 text that this user may read"
        raise ConfigProblems([Problem(str(path), 0, "", message)]) from None
    return load_text(text, str(path), known)


def load_text(text: str, name: str, env: Mapping[str, str]) -> Config:
    """As load_config, for the content of a file called `name`; secret files are not looked for."""
    return _build(read_tree(text, name), env)


def parse_config(data: Mapping[str, Any], env: Mapping[str, str] | None = None) -> Config:
    """As load_config, for plain values; the problems have no lines."""
    return _build(Tree("config", data), env or {})


def _build(tree: Tree, env: Mapping[str, str]) -> Config:
    if not isinstance(tree.data, Mapping):
        message = "must be a mapping of `key: value` lines, such as `cameras:`"
        raise ConfigProblems([tree.problem(Finding((), message))])
    data, unset = substitute(tree.data, env)
    data, misshapen = _checked_shape(data)
    findings = [*tree.findings, *unset, *misshapen]
    if data is None:
        raise _problems(tree, findings)
    config = derive(Config.model_validate(inherit(data)))
    # What was left out for its shape would only be missed again by the checks.
    suspects = {_unit(finding.path) for finding in findings}
    mistakes = [each for each in find_mistakes(config) if _unit(each.path) not in suspects]
    findings += dict.fromkeys(_as_written(tree, mistake) for mistake in mistakes)
    if findings:
        raise _problems(tree, findings)
    return config


def _checked_shape(data: Any) -> tuple[Any, list[Finding]]:
    """The data without what has the wrong shape, and what that was; None when too little is left.

    Sections are checked as written, before they are merged, so that a mistake in a global section
    is reported once and where it stands.
    """
    try:
        Config.model_validate(data)
    except ValidationError as error:
        findings = findings_of(error, data)
        pruned = _without(data, {finding.path for finding in findings})
        try:
            Config.model_validate(pruned)
        except ValidationError:
            return None, findings
        return pruned, findings
    return data, []


def _without(data: Any, paths: Collection[KeyPath], here: KeyPath = ()) -> Any:
    if isinstance(data, Mapping):
        return {
            key: _without(value, paths, (*here, key))
            for key, value in data.items()
            if (*here, key) not in paths
        }
    if isinstance(data, list):
        return [
            _without(value, paths, (*here, n))
            for n, value in enumerate(data)
            if (*here, n) not in paths
        ]
    return data


def _unit(path: KeyPath) -> KeyPath:
    """The camera or the top section that something belongs to."""
    return path[:2] if path[:1] == ("cameras",) else path[:1]


def _as_written(tree: Tree, finding: Finding) -> Finding:
    """A mistake that a camera took over from a global section is shown where it was written."""
    above = finding.path[2:]
    is_inherited = (
        finding.path not in tree.lines and above[:1] in INHERITED_PATHS and above in tree.lines
    )
    return Finding(above, finding.message) if is_inherited else finding


def _problems(tree: Tree, findings: Iterable[Finding]) -> ConfigProblems:
    return ConfigProblems(tree.problem(finding) for finding in findings)
