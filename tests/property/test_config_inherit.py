from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from picket.config.inherit import merge

leaves = st.sampled_from([0, 1, True, "", "x", (), (1, 2)])
trees = st.recursive(
    leaves, lambda below: st.dictionaries(st.sampled_from("abc"), below, max_size=3), max_leaves=9
)
mappings = st.dictionaries(st.sampled_from("abc"), trees, max_size=3)


def leaves_of(tree: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    if not isinstance(tree, dict):
        return {path: tree}
    return {
        key: leaf
        for name, below in tree.items()
        for key, leaf in leaves_of(below, (*path, name)).items()
    }


@given(below=mappings, above=mappings)
def test_everything_written_above_is_kept(below: dict[str, Any], above: dict[str, Any]) -> None:
    assert all(
        leaves_of(merge(below, above)).get(path) == leaf for path, leaf in leaves_of(above).items()
    )


@given(below=mappings, above=mappings)
def test_nothing_comes_from_elsewhere(below: dict[str, Any], above: dict[str, Any]) -> None:
    merged = leaves_of(merge(below, above))
    assert all(
        leaf in (leaves_of(above).get(path), leaves_of(below).get(path))
        for path, leaf in merged.items()
    )


@given(tree=mappings)
def test_merging_with_nothing_or_itself_changes_nothing(tree: dict[str, Any]) -> None:
    assert merge({}, tree) == merge(tree, {}) == merge(tree, tree) == tree
