"""The families as a whole."""

from picket.detect.decode.families import FAMILIES, fitting_families
from picket.detect.decode.family import InputSize, Preparation

SIZE = InputSize(416, 416)


def names(outputs: list[tuple[int, ...]]) -> list[str]:
    return [family.name for family in fitting_families(outputs, SIZE)]


def test_every_family_is_listed_under_its_own_name() -> None:
    assert all(name == family.name for name, family in FAMILIES.items())


def test_the_likeliest_family_comes_first() -> None:
    assert names([(1, 3549, 85)])[0] == "yolox"
    assert names([(1, 84, 3549)])[0] == "yolov8"
    assert names([(1, 10647, 85)])[0] == "yolov5"
    assert names([(1, 85, 26, 26)]) == ["fastestdet"]
    assert names([(1, 10, 4), (1, 10), (1, 10), (1,)]) == ["ssd"]
    assert names([(1, 1, 200, 7)]) == ["openvino-ssd"]
    assert names([(100, 5), (100,)]) == ["openvino-ssd"]
    assert names([(1, 300, 6)])[0] == "yolov5"
    assert names([(1, 3549, 4), (1, 3549, 80)]) == ["yolonas"]
    assert names([(1, 1), (1, 20, 4), (1, 20), (1, 20)]) == ["yolonas"]
    assert names([(1, 300, 4), (1, 300, 91)]) == ["rfdetr"]
    assert names([(1, 300), (1, 300, 4), (1, 300)]) == ["dfine"]


def test_a_classifier_fits_none() -> None:
    assert names([(1, 1000)]) == []


def test_a_preparation_turns_with_its_channels() -> None:
    rgb = Preparation("rgb", (1, 2, 3), (4, 5, 6))
    assert rgb.in_order("rgb") is rgb
    assert rgb.in_order("bgr") == Preparation("bgr", (3, 2, 1), (6, 5, 4))
    assert rgb.in_order("bgr").in_order("rgb") == rgb
