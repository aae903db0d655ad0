from struct import unpack

from picket.media.sample_tables import SampleTable, edit_list


def words(data: bytes) -> list[int]:
    return list(unpack(f">{len(data) // 4}I", data))


def table_of(data: bytes, kind: bytes) -> list[int]:
    """The words after version and flags of the first box of a kind."""
    at = data.index(kind) - 4
    size = int.from_bytes(data[at : at + 4], "big")
    return words(data[at + 12 : at + size])


TABLE = SampleTable(
    times=[0, 3000, 6000, 10000],
    composition_offsets=[0, 6000, 0, -3000],
    sizes=[9, 8, 7, 6],
    syncs=[True, False, False, True],
    chunk_samples=[2, 1, 1],
    chunk_entries=[1, 1, 2],
    chunk_offsets=[0, 17, 24],
    end=13000,
)


def test_every_table_is_run_length_coded() -> None:
    data = TABLE.boxes(TABLE.durations())
    assert table_of(data, b"stts") == [3, 2, 3000, 1, 4000, 1, 3000]
    assert table_of(data, b"ctts") == [4, 1, 0, 1, 6000, 1, 0, 1, (1 << 32) - 3000]
    assert table_of(data, b"stss") == [2, 1, 4]
    assert table_of(data, b"stsc") == [3, 1, 2, 1, 2, 1, 1, 3, 1, 2]
    assert table_of(data, b"stsz") == [0, 4, 9, 8, 7, 6]


def test_offsets_take_64_bits_where_they_must() -> None:
    assert table_of(TABLE.offset_box(100, is_large=False), b"stco") == [3, 100, 117, 124]
    large = TABLE.offset_box(1 << 32, is_large=True)
    assert table_of(large, b"co64") == [3, 1, 0, 1, 17, 1, 24]


def test_tables_that_say_nothing_are_left_out() -> None:
    plain = SampleTable([0, 10], [0, 0], [1, 1], [True, True], [2], [1], [0], end=20)
    data = plain.boxes(plain.durations())
    assert b"ctts" not in data
    assert b"stss" not in data


def test_an_overlap_shortens_what_comes_before_and_after_and_keeps_the_end() -> None:
    overlapping = SampleTable(times=[0, 100, 90, 200], end=300)
    assert overlapping.durations().tolist() == [100, 0, 100, 100]


def test_a_late_track_begins_with_an_empty_edit() -> None:
    late = edit_list(-500, 9000)
    assert words(late[20:24]) == [2]
    assert unpack(">QqIQqI", late[24:]) == (500, -1, 1 << 16, 9000, 0, 1 << 16)


def test_an_early_track_is_cut_at_its_start() -> None:
    early = edit_list(500, 9000)
    assert unpack(">IQqI", early[20:]) == (1, 9000, 500, 1 << 16)
