"""A configuration file's text without its credentials, and back. Pure.

Who edits the file over HTTP sees stars where credentials are; what still has stars when it comes
back gets its credentials again, as long as the line was not changed.
"""

from __future__ import annotations

import difflib
import re

from picket.config.masking import MASK, SECRET_WORDS, mask_credentials
from picket.config.problems import ConfigProblems, Problem

_WORDS = "|".join(SECRET_WORDS)
_SECRET_KEY = re.compile(
    rf"(?i)(?P<key>[\w-]*(?:{_WORDS})[\w-]*[\"']?\s*:[ \t]+)"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s#,}\]][^#,}\]\n]*)"
)

_ADDRESS_KEY = re.compile(
    r"(?P<key>(?<![\w-])url[\"']?\s*:[ \t]+)(?!postgres)"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s#,}\]][^,}\]\s]*)"
)
"""Of a notification's channel the address itself is the password."""
_HEADERS = re.compile(r"^\s*[\"']?headers[\"']?\s*:\s*(#.*)?$")
_HEADERS_IN_LINE = re.compile(r"(?P<key>(?<![\w-])headers[\"']?\s*:[ \t]*)(?P<value>\{[^}]*\})")
_HEADER = re.compile(r"^(?P<key>\s*[^\s:#][^:]*:[ \t]+)(?P<value>\S.*)$")


def hide_secrets(text: str) -> str:
    """The text with stars in place of passwords, keys and the credentials in addresses."""
    return "\n".join(_hide_lines(text.split("\n")))


def restore_secrets(text: str, original: str, name: str) -> str:
    """An edited text with the credentials of the original again.

    Args:
        text: what came back; lines that show stars stand for lines of the original.
        original: the file as it is.
        name: of the file, for messages.

    Raises: ConfigProblems for lines with stars that stand for no line of the original.
    """
    shown, hidden = text.split("\n"), original.split("\n")
    masked = _hide_lines(hidden)
    restored = list(shown)
    lost = []
    partners = _partners(shown, masked)
    for number, line in enumerate(shown):
        place = partners.get(number)
        if place is not None:
            restored[number] = hidden[place]
        elif MASK in line and _is_masked(line):
            lost.append(number + 1)
    if lost:
        message = "the credentials of a changed line are hidden: write them anew"
        raise ConfigProblems(Problem(name, number, "", message) for number in lost)
    return "\n".join(restored)


def _partners(shown: list[str], masked: list[str]) -> dict[int, int]:
    """Which line of the original each unchanged line is; equal lines keep their order."""
    matcher = difflib.SequenceMatcher(None, shown, masked, autojunk=False)
    partners = {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    for number, line in enumerate(shown):  # a line that was moved
        if number not in partners and masked.count(line) == 1:
            partners[number] = masked.index(line)
    return partners


def _hide_lines(lines: list[str]) -> list[str]:
    """Below `headers:` every value is hidden, elsewhere what looks like a credential."""
    shown: list[str] = []
    depth: int | None = None  # of the `headers:` we are below
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if depth is not None and line.strip() and indent <= depth:
            depth = None
        shown.append(_hide_line(line) if depth is None else _HEADER.sub(_hide_value, line))
        if _HEADERS.match(line):
            depth = indent
    return shown


def _hide_line(line: str) -> str:
    for secret in (_SECRET_KEY, _ADDRESS_KEY, _HEADERS_IN_LINE):
        line = secret.sub(_hide_value, line)
    return mask_credentials(line)


def _hide_value(found: re.Match[str]) -> str:
    return f"{found['key']}{MASK}" if found["value"].strip() not in ("null", "~") else found[0]


def _is_masked(line: str) -> bool:
    """Whether stars in a line stand for credentials: hiding them again changes nothing."""
    plain = line.replace(f"{MASK}:{MASK}@", "u:p@").replace(f": {MASK}", ": p")
    plain = plain.replace(f"={MASK}", "=p")
    is_value = line.rstrip().endswith(f": {MASK}")
    return is_value or (plain != line and _hide_line(plain) == _hide_line(line))
