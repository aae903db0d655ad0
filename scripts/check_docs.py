"""Fails when a link between the project's documents leads nowhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def broken_links(document: Path) -> list[str]:
    """Targets below this repository that do not exist."""
    targets = LINK.findall(document.read_text())
    local = [
        target for target in targets if "://" not in target and not target.startswith("mailto:")
    ]
    return [target for target in local if not (document.parent / target).exists()]


def main() -> int:
    """Check every tracked document."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        check=True,
        capture_output=True,
        text=True,
    )
    problems = [
        f"{document}: no such file: {target}"
        for document in map(Path, listed.stdout.split())
        for target in broken_links(document)
    ]
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
