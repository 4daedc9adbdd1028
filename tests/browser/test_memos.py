"""A memo by keyboard: words are marked with it, and a colleague is led to the very place."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NOTE = "A note from the front desk"


def sign_in(page: Page, name: str) -> str:
    """The address of the workspace."""
    page.goto("/")
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    return page.url.split("/search")[0]


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_a_memo_leads_a_colleague_to_the_words(page, check_accessibility):
    front = sign_in(page, "Rosa Researcher")
    page.goto(f"{front}/studies")
    page.get_by_role("link", name=re.compile("Booking a doctor")).first.click()
    page.get_by_role("link", name=NOTE).first.click()
    transcript = page.get_by_role("region", name="Transcript")
    expect(transcript).to_contain_text("A young father came in smiling")

    # Two words from the keyboard, m, a name after an @, Ctrl+Enter.
    transcript.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("toolbar", name="The chosen words")).to_be_visible()
    page.keyboard.press("m")
    composer = page.get_by_role("textbox", name="Write a memo on these words")
    expect(composer).to_be_focused()
    page.keyboard.type("Who is he? @pat")
    expect(page.get_by_role("option", name="Pat Product")).to_be_visible()
    check_accessibility()
    page.keyboard.press("Enter")
    page.keyboard.type("do you know him?")
    page.keyboard.press("Control+Enter")
    expect(composer).to_have_count(0)
    sign = page.get_by_role("button", name="1 memo here")
    sign.click()
    panel = page.get_by_role("tabpanel", name=re.compile("Memos"))
    expect(panel).to_contain_text("Who is he? @Pat Product do you know him?")
    check_accessibility()

    # Pat is told, follows the link, and stands at the excerpt.
    sign_out(page)
    sign_in(page, "Pat Product")
    page.get_by_role("button", name="Mentions 1 new").click()
    mentions = page.get_by_role("list", name="Where I am mentioned")
    expect(mentions).to_contain_text("Who is he?")
    check_accessibility()
    mentions.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/sessions/.*excerpt="))
    expect(page.locator("[data-excerpt][data-is-active]")).to_contain_text("Who is he?")
    expect(page.get_by_role("button", name=re.compile("^Mentions$"))).to_be_visible()

    # What is written is found again in the stream.
    page.get_by_role("link", name="Memos", exact=True).click()
    page.get_by_role("searchbox", name="Words in memos").fill("KNOW hím")
    expect(page.locator("[data-memo]")).to_have_count(1)
    check_accessibility()
