from __future__ import annotations

import pytest

from picket.config.problems import ConfigProblems, Finding
from picket.config.tree import read_tree


def test_values_keep_the_line_of_their_key() -> None:
    tree = read_tree("a: 1\nb:\n  c:\n    - x\n    - y: 2\n", "f")
    assert tree.data == {"a": 1, "b": {"c": ["x", {"y": 2}]}}
    assert tree.lines["b", "c"] == 3
    assert tree.lines["b", "c", 1, "y"] == 5


@pytest.mark.parametrize("word", ["on", "yes", "true", "True", "ON"])
def test_words_for_true_are_booleans(word: str) -> None:
    assert read_tree(f"a: {word}", "f").data == {"a": True}


def test_quoted_words_and_single_letters_are_text() -> None:
    assert read_tree("a: 'on'\nb: y\nc: n", "f").data == {"a": "on", "b": "y", "c": "n"}


def test_keys_are_the_text_that_was_written() -> None:
    assert list(read_tree("1: a\non: b\n010: c\nnull: d", "f").data) == ["1", "on", "010", "null"]


def test_every_repeated_key_is_found() -> None:
    tree = read_tree("a: 1\nb: {c: 1, c: 2}\na: 3\n", "f")
    assert [(tree.problem(each).key, tree.problem(each).line) for each in tree.findings] == [
        ("b.c", 2),
        ("a", 3),
    ]
    assert tree.data["a"] == 1


def test_merged_anchors_give_way_to_own_keys() -> None:
    text = "base: &base {a: 1, b: 2}\none: {<<: *base, b: 3}\ntwo:\n  <<: [{a: 5}, *base]\n"
    data = read_tree(text, "f").data
    assert data["one"] == {"a": 1, "b": 3}
    assert data["two"] == {"a": 5, "b": 2}


def test_a_value_that_contains_itself_is_a_finding() -> None:
    tree = read_tree("a: &a [*a]", "f")
    assert "contains itself" in tree.findings[0].message


def test_an_unknown_tag_is_a_finding() -> None:
    tree = read_tree("a: !include other.yml", "f")
    assert tree.findings[0].path == ("a",)


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb: [1\nc: 2", 3), ("a:\n  b: 1\n c: 2", 3), ("a: 'x\n", 2)]
)
def test_text_that_is_no_yaml_names_its_line(text: str, line: int) -> None:
    with pytest.raises(ConfigProblems) as raised:
        read_tree(text, "f")
    assert raised.value.problems[0].line == line


def test_what_has_no_line_gets_that_of_what_is_around_it() -> None:
    tree = read_tree("a:\n  b: 1\n", "f")
    assert tree.problem(Finding(("a", "c", "d"), "")).line == 1


def test_escaped_halves_of_a_character_are_joined_and_lone_ones_replaced() -> None:
    tree = read_tree(r'{"\ud83d\ude00": "a\ud83d\ude00", "b": "\ud83d", "ü": "é"}', "config.json")
    assert tree.data == {"😀": "a😀", "b": "\ufffd", "ü": "é"}
