"""Names of classes."""

from pathlib import Path

import pytest

from picket.detect.labels import (
    COCO_80,
    COCO_91,
    builtin_labels,
    complete_labels,
    read_labelmap,
)
from picket.domain.errors import ModelError


def test_coco_has_80_names_and_91_numbers() -> None:
    assert len(COCO_80) == 80
    assert len(set(COCO_80)) == 80
    assert len(COCO_91) == 91


@pytest.mark.parametrize(
    ("index", "label"),
    [
        *((0, "person"), (2, "car"), (7, "truck"), (14, "bench"), (15, "bird"), (16, "cat")),
        *((17, "dog"), (26, "backpack"), (27, "umbrella"), (30, "handbag"), (32, "suitcase")),
        *((43, "bottle"), (89, "toothbrush"), (90, "unknown"), (11, "unknown")),
    ],
)
def test_the_91_numbers_have_their_gaps_where_coco_has_them(index: int, label: str) -> None:
    if index == 89:  # COCO ends with the hair drier and the toothbrush
        assert COCO_91[88:90] == ("hair drier", "toothbrush")
    assert COCO_91[index] == label


def test_built_in_names_call_a_truck_a_car() -> None:
    for classes in (80, 90, 91):
        labels = builtin_labels(classes)
        assert labels[7] == "car"
        assert "truck" not in labels.values()


def test_a_label_file_that_is_missing_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.labelmap_path"):
        read_labelmap(tmp_path / "labels.txt", 80)


def test_a_map_with_more_labels_than_classes_belongs_to_another_model(tmp_path: Path) -> None:
    path = tmp_path / "labels.txt"
    path.write_text("vehicle\nperson\nbike\n\n")
    assert read_labelmap(path, 3)[2] == "bike"
    assert read_labelmap(path, 0)[2] == "bike"
    with pytest.raises(ModelError, match=r"labels\.txt names class 2 \(bike\).* only 2 classes"):
        read_labelmap(path, 2)


def test_a_label_map_of_bytes_names_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "labels.txt"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(ModelError, match=r"cannot be read .*model\.labelmap_path"):
        read_labelmap(path, 80)


def test_a_label_map_that_is_too_short_names_the_cure() -> None:
    with pytest.raises(ModelError, match=r"3 classes, but class 2 has no label.*labelmap_path"):
        complete_labels({0: "person", 1: "car"}, {}, 3)


def test_overrides_win_and_may_fill_gaps() -> None:
    labels = complete_labels({0: "person", 1: "car"}, {1: "van", 2: "dog"}, 3)
    assert labels == ("person", "van", "dog")


def test_an_override_gives_the_truck_back() -> None:
    assert complete_labels(builtin_labels(80), {7: "truck"}, 80)[7] == "truck"


def test_a_model_of_other_classes_needs_its_own_names() -> None:
    with pytest.raises(ModelError, match="20 classes, but class 0 has no label"):
        complete_labels(builtin_labels(20), {}, 20)


def test_places_without_a_name_are_unknown_when_the_count_is_not_told() -> None:
    labels = complete_labels({0: "person", 95: "drone"}, {}, 0)
    assert (labels[0], labels[1], labels[95], len(labels)) == ("person", "unknown", "drone", 96)
