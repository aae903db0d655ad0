"""What is around every page: the ways between them, appearance, and word of a lost connection."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_accessible, shots

PAGES = ("Live", "Events", "Recordings", "Exports", "System", "Settings")


def test_every_page_is_reached_by_keyboard_and_has_its_name(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url("/live")
    for name in PAGES:
        page.get_by_role("navigation").get_by_role("link", name=name).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        expect(page).to_have_title(f"{name} · Picket")


def test_an_address_that_is_no_page_says_so(page: Page) -> None:
    page.goto("/nowhere")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()


def test_a_chosen_appearance_outlives_a_reload(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/settings")
    page.get_by_role("button", name="Appearance").first.click()
    page.get_by_role("menuitemcheckbox", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert dark == "rgb(15, 18, 22)"


def test_the_navigation_can_be_used_by_all(page: Page) -> None:
    page.goto("/exports")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    shots(page, "shell")


@pytest.mark.parametrize("width_px", [390, 1280, 2560])
def test_no_page_is_wider_than_the_screen(page: Page, width_px: int) -> None:
    page.set_viewport_size({"width": width_px, "height": 800})
    for name in PAGES:
        page.goto(f"/{name.lower()}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px, name
