from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.store.named_values import NumberedQuery, number_values


@pytest.mark.parametrize(
    ("sql", "numbered"),
    [
        ("SELECT 1", NumberedQuery(b"SELECT 1", ())),
        (
            "a = :one AND b = :two OR c = :one",
            NumberedQuery(b"a = $1 AND b = $2 OR c = $1", ("one", "two")),
        ),
        ("x IN (:c_0, :c_10)", NumberedQuery(b"x IN ($1, $2)", ("c_0", "c_10"))),
        ("a::text = :a", NumberedQuery(b"a::text = $1", ("a",))),
        ("a = ':no' AND b = :yes", NumberedQuery(b"a = ':no' AND b = $1", ("yes",))),
        ("a = 'it''s :no' AND b = :yes", NumberedQuery(b"a = 'it''s :no' AND b = $1", ("yes",))),
        ('":no" = :yes', NumberedQuery(b'":no" = $1', ("yes",))),
        ("a -- not :this\n = :that", NumberedQuery(b"a -- not :this\n = $1", ("that",))),
        ("(x + :a) % 86400", NumberedQuery(b"(x + $1) % 86400", ("a",))),
    ],
)
def test_only_names_of_values_are_numbered(sql: str, numbered: NumberedQuery) -> None:
    assert number_values(sql) == numbered


words = st.sampled_from(["a", "b", "camera", "x_1"])


@given(st.lists(words, max_size=8))
def test_each_name_has_one_number_in_the_order_of_its_first_use(names: list[str]) -> None:
    found = number_values(" , ".join(f":{name}" for name in names))
    assert found.names == tuple(dict.fromkeys(names))
    numbers = [f"${found.names.index(name) + 1}" for name in names]
    assert found.text.decode() == " , ".join(numbers)


@given(st.text(alphabet="ab':\"- \n", max_size=30).filter(lambda text: ":" not in text))
def test_a_query_without_values_stays_as_it_is(sql: str) -> None:
    assert number_values(sql) == NumberedQuery(sql.encode(), ())
