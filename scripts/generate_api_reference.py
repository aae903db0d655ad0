"""Write docs/reference/openapi.json and the table of tests in http-api.md; --check compares."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from picket.api.app import make_routes
from picket.api.openapi import describe_api
from tests.support.claims import Shown, claims_of, everything_asked, function_of

ROOT = Path(__file__).parents[1]
OPENAPI = ROOT / "docs" / "reference" / "openapi.json"
PAGE = ROOT / "docs" / "reference" / "http-api.md"
TESTS = ROOT / "tests" / "contract"
BORDER = "<!-- Below this line everything is written by scripts/generate_api_reference.py. -->\n"
COMMAND = ".venv/bin/python -m scripts.generate_api_reference"

Tests = dict[Shown, list[str]]


class Collector:
    """A plugin of pytest that keeps what the tests claim."""

    def __init__(self) -> None:
        self.tests: Tests = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Remember each test function once for everything that its markers name."""
        for item in items:
            name = function_of(item).rpartition("/")[2].removeprefix("test_").replace(".py", "")
            for claim in claims_of(item):
                names = self.tests.setdefault(claim, [])
                if name not in names:
                    names.append(name)


def collect_tests() -> Tests:
    """Test functions by what they show."""
    collector, said = Collector(), io.StringIO()
    # The modules that are loaded already could not be rewritten, and nothing is asserted here.
    arguments = ["--collect-only", "--assert=plain", "-q", str(TESTS)]
    with redirect_stdout(said):
        code = pytest.main(arguments, plugins=[collector])
    if code != pytest.ExitCode.OK:
        sys.exit(f"the contract tests cannot be collected:\n{said.getvalue()}")
    return collector.tests


def find_problems(asked: list[Shown], tests: Tests) -> list[str]:
    """What has no test, and what tests show that is not there."""
    untested = [one for one in asked if one not in tests]
    unknown = sorted(set(tests) - set(asked))
    return [
        *(f"no contract test is marked with {_words(one)}" for one in untested),
        *(f"{tests[one][0]} is marked with {_words(one)}, which is not served" for one in unknown),
    ]


def render_table(asked: Iterable[Shown], tests: Tests) -> str:
    """Markdown; a test stands at the parameters that it shows, else at the endpoint itself."""
    rows = ["| endpoint | parameter | tests |", "| --- | --- | --- |"]
    for one in asked:
        names = tests.get(one, [])
        if not one.parameter:
            of_parameters = {
                name
                for other in tests
                if other.route == one.route and other.parameter
                for name in tests[other]
            }
            names = [name for name in names if name not in of_parameters]
        parameter = f"`{one.parameter}`" if one.parameter else ""
        rows.append(f"| `{one.route}` | {parameter} | {', '.join(f'`{n}`' for n in names)} |")
    return "\n".join(rows) + "\n"


def _words(one: Shown) -> str:
    return f"{one.route}, parameter {one.parameter}" if one.parameter else one.route


def main() -> int:
    """Write both files, or say which of them is stale; what has no test is told either way."""
    description = describe_api(make_routes())
    asked, tests = list(everything_asked(description)), collect_tests()
    problems = find_problems(asked, tests)
    written, _, _ = PAGE.read_text(encoding="utf-8").partition(BORDER)
    texts = {
        OPENAPI: json.dumps(description, indent=1, sort_keys=True) + "\n",
        PAGE: f"{written}{BORDER}\n{render_table(asked, tests)}",
    }
    for path, text in texts.items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            problems.append(f"{path.relative_to(ROOT)} is stale: run {COMMAND}")
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
