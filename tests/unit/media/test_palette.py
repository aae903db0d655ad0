from picket.media.palette import TAB10, assign_colors


def test_ten_names_have_the_ten_colours_in_order() -> None:
    names = [f"label {n}" for n in range(10)]
    assert list(assign_colors(names).values()) == list(TAB10)


def test_few_names_are_spread_over_the_ten() -> None:
    assert list(assign_colors(["car", "person"]).values()) == [TAB10[0], TAB10[9]]
    assert assign_colors(["person"]) == {"person": TAB10[0]}
    assert assign_colors([]) == {}


def test_more_names_than_colours_share_them() -> None:
    colors = assign_colors(f"label {n}" for n in range(25))
    assert set(colors.values()) == set(TAB10)
