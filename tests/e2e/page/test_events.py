"""The page Events: found, looked at, changed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import assert_accessible, shots
from tests.support.servers import Picket, wait_for

HAPPENED_S = 90
"""Until the street's people have come and gone on a busy machine."""


@pytest.fixture(scope="module")
def ended(picket: Picket) -> dict[str, Any]:
    """An event that is over, with everything that one can have."""

    def find() -> dict[str, Any] | None:
        asked = "/api/events?in_progress=0&has_clip=1&has_snapshot=1&camera=street&min_length=3"
        events = picket.json(f"{asked}&include_thumbnails=0")
        return events[-1] if events else None

    return wait_for(find, HAPPENED_S, "an event that ended")


def card(page: Page, event: dict[str, Any]) -> Locator:
    return page.locator(f"[id='event-{event['id']}']")


def test_filters_are_kept_in_the_address(page: Page, ended: dict[str, Any]) -> None:
    page.goto("/events")
    expect(card(page, ended)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Camera")).click()
    page.get_by_role("menuitemcheckbox", name="Yard").click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"cameras=yard"))
    expect(card(page, ended)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Camera: Yard")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(card(page, ended)).to_be_visible()
    expect(page).to_have_url("/events")


def test_filters_that_leave_nothing_say_so(page: Page, ended: dict[str, Any]) -> None:
    page.goto("/events?from=2001-01-01&to=2001-01-02")
    expect(page.get_by_text("No event fits these filters")).to_be_visible()
    assert_accessible(page)


def test_a_card_plays_its_clip_while_it_is_pointed_at(page: Page, ended: dict[str, Any]) -> None:
    page.goto("/events")
    card(page, ended).hover()
    page.wait_for_function(
        "id => document.getElementById(id)?.querySelector('video')?.currentTime > 0.2",
        arg=f"event-{ended['id']}",
    )
    page.mouse.move(0, 0)
    expect(card(page, ended).locator("video")).to_have_count(0)


def test_a_clip_plays_and_seeks_to_key_moments(page: Page, ended: dict[str, Any]) -> None:
    page.goto(f"/events/{ended['id']}")
    sheet = page.get_by_role("complementary", name="Event")
    video = sheet.locator("video")
    page.wait_for_function("() => document.querySelector('aside video')?.currentTime > 0.3")
    moments = sheet.get_by_role("listitem").get_by_role("button")
    expect(moments.first).to_be_enabled()
    last = moments.last
    last.click()
    wanted = video.evaluate("video => [video.currentTime, video.duration]")
    assert 0 < wanted[0] <= wanted[1]
    assert wanted[1] == pytest.approx(ended["end_time"] - ended["start_time"], abs=4)
    expect(sheet.get_by_role("img", name=re.compile("way of"))).to_be_visible()
    assert_accessible(page)
    shots(page, "event")


def test_a_name_and_protection_are_given_and_taken(
    page: Page, picket: Picket, ended: dict[str, Any]
) -> None:
    def stored(key: str) -> Any:
        return (picket.json(f"/api/events/{ended['id']}") or {}).get(key)

    page.goto("/events")
    card(page, ended).click()
    page.get_by_role("textbox", name="Name").fill("Ann")
    page.get_by_role("button", name="Save").click()
    expect(card(page, ended)).to_contain_text("Ann")
    assert stored("sub_label") == "Ann"
    keep = page.get_by_role("button", name="Keep forever")
    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "true")
    assert stored("retain_indefinitely") is True
    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "false")
    assert stored("retain_indefinitely") is False


def test_a_deleted_event_comes_back_when_it_is_undone(
    page: Page, picket: Picket, ended: dict[str, Any]
) -> None:
    page.goto("/events")
    card(page, ended).click()
    page.get_by_role("button", name="Delete").click()
    expect(card(page, ended)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(card(page, ended)).to_be_visible()
    assert picket.json(f"/api/events/{ended['id']}") is not None


def test_the_list_is_walked_by_keyboard(page: Page, ended: dict[str, Any]) -> None:
    page.goto("/events")
    card(page, ended).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/events/{ended['id']}")
    page.keyboard.press("k")
    expect(page).not_to_have_url(f"/events/{ended['id']}")
    page.keyboard.press("j")
    expect(page).to_have_url(f"/events/{ended['id']}")
    page.keyboard.press("Escape")
    expect(page).to_have_url("/events")
    expect(card(page, ended)).to_be_focused()


def test_what_happens_appears_by_itself(page: Page, ended: dict[str, Any]) -> None:
    page.goto("/events")
    expect(card(page, ended)).to_be_visible()
    made = page.request.post("/api/events/yard/parcel/create", data={"duration": 5})
    expect(page.locator(f"[id='event-{made.json()['event_id']}']")).to_be_visible()
    shots(page, "events")
    assert_accessible(page)
