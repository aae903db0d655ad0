"""The page System: how everything is doing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.browser import assert_accessible, shots


def test_each_camera_has_its_state_with_the_reason(page: Page) -> None:
    page.goto("/system")
    street = page.get_by_role("row", name="Street")
    expect(street).to_contain_text("online")
    shed = page.get_by_role("row", name="Shed")
    expect(shed).to_contain_text(re.compile("offline since .*refused"))
    expect(street.get_by_role("img", name=re.compile("Pictures a second"))).to_be_visible()
    shots(page, "system")
    assert_accessible(page)


def test_the_room_and_the_time_that_it_lasts_are_told(page: Page) -> None:
    page.goto("/system")
    expect(page.get_by_text(re.compile("Room for .* more days?"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d .* of .* used$"))).to_be_visible()


def test_the_log_shows_what_is_asked_for(page: Page) -> None:
    page.goto("/system")
    log = page.get_by_role("log")
    expect(log).to_contain_text("Shed", ignore_case=True)
    page.get_by_role("searchbox", name="Only lines with").fill("no line says this")
    expect(log).to_have_text("No line fits.")


def test_a_restart_is_asked_about_first(page: Page) -> None:
    page.goto("/system")
    page.get_by_role("button", name="Restart").click()
    dialog = page.get_by_role("dialog", name="Restart Picket?")
    expect(dialog).to_contain_text("Cameras are not recorded for some seconds")
    assert_accessible(page)
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
