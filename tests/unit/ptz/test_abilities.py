from __future__ import annotations

from picket.ptz.abilities import MediaProfile, PtzSpaces, Span, choose_profile, list_features

GENERIC = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/TranslationGenericSpace"
PICTURE = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/TranslationSpaceFov"

FIXED = MediaProfile("fixed", "H264", "")
OLD = MediaProfile("old", "JPEG", "ptz")
MAIN = MediaProfile("main", "H264", "ptz")
SUB = MediaProfile("sub", "H264", "ptz")


def test_the_first_h264_profile_that_moves_is_used() -> None:
    assert choose_profile([FIXED, OLD, MAIN, SUB]) is MAIN


def test_without_h264_any_profile_that_moves_will_do() -> None:
    assert choose_profile([FIXED, OLD]) is OLD


def test_a_camera_whose_profiles_do_not_move_has_none() -> None:
    assert choose_profile([FIXED]) is None
    assert choose_profile([]) is None


def test_a_camera_without_spaces_has_no_features() -> None:
    assert list_features(PtzSpaces()) == ()


def test_each_space_is_one_feature_in_frigates_order() -> None:
    one, span = ("http://space",), (Span("http://space", 0, 1),)
    assert list_features(PtzSpaces(continuous_zoom=one)) == ("zoom",)
    assert list_features(PtzSpaces(absolute_zoom=span, relative_zoom=span)) == ("zoom-r", "zoom-a")
    assert list_features(PtzSpaces(continuous_pan_tilt=one, absolute_zoom=span)) == ("pt", "zoom-a")


def test_only_moves_by_the_picture_can_follow_an_object() -> None:
    assert list_features(PtzSpaces(relative_pan_tilt=(GENERIC,))) == ("pt-r",)
    both = PtzSpaces(relative_pan_tilt=(GENERIC, PICTURE))
    assert list_features(both) == ("pt-r", "pt-r-fov")
