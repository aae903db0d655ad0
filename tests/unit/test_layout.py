"""The shape of the project: small modules, a README in each room, a reason for each dependency."""

import ast
import json
import re
import tomllib
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ROOMS = PROJECT / "src" / "picket"
MAX_LINES = 400


def modules(*folders: str) -> list[Path]:
    found = sorted(chain.from_iterable((PROJECT / folder).rglob("*.py") for folder in folders))
    assert found, f"nothing to check in {folders}"
    return found


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def required_packages() -> list[str]:
    """Names of the run-time and development dependencies, without versions; also the page's."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"].get("optional-dependencies", {})
    groups = [
        project["project"]["dependencies"],
        *extras.values(),
        *project["dependency-groups"].values(),
    ]
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in chain.from_iterable(groups))
    page = json.loads((PROJECT / "web" / "package.json").read_text(encoding="utf-8"))
    scripts = [*page["dependencies"], *page["devDependencies"]]
    types = [name for name in scripts if name.startswith("@types/")]
    return [*(name[0] for name in names if name), *(set(scripts) - set(types))]


def explained_packages() -> list[str]:
    """Names that begin a row of a table in the page of dependencies."""
    page = (PROJECT / "docs" / "design" / "dependencies.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([^`]+)` \|", page, flags=re.MULTILINE)


def test_no_module_is_longer_than_the_wall() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules("src", "tests", "bench", "scripts")
    }
    assert {name: count for name, count in lengths.items() if count > MAX_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in modules("src", "bench", "scripts")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_room_has_a_readme() -> None:
    rooms = sorted(path.parent for path in ROOMS.glob("*/__init__.py"))
    assert ROOMS / "domain" in rooms
    assert [name_of(room) for room in rooms if not (room / "README.md").is_file()] == []


def test_every_dependency_has_its_line_and_no_line_lacks_its_dependency() -> None:
    assert sorted(explained_packages()) == sorted(set(required_packages()))
