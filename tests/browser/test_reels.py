"""From a search to a reel: excerpts are chosen by keys and mouse, and voices follow each other."""

import csv
import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_main_story import look, sign_in

pytestmark = pytest.mark.browser

TITLE = "Waiting, in their own words"


def test_voices_that_were_found_become_a_reel(page, check_accessibility, tmp_path):
    sign_in(page, "Pat Product")
    page.get_by_role("searchbox").fill("wait")
    boxes = page.get_by_role("checkbox", name=re.compile("^Select what"))
    expect(boxes.nth(2)).to_be_visible()

    # Keys: down to the first excerpt, x, down twice, shift and x.
    excerpts = page.get_by_role("feed", name="Excerpts").get_by_role("article")
    excerpts.first.focus()
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+X")
    bar = page.get_by_role("region", name="Selected excerpts")
    expect(bar).to_contain_text(re.compile(r"3 excerpts from [23] people"))
    check_accessibility()

    # Typing on keeps them, and so does a look at a transcript.
    page.get_by_role("searchbox").fill("phone")
    expect(excerpts.first).to_contain_text(re.compile("phone|call", re.IGNORECASE))
    expect(bar).to_contain_text("3 excerpts")
    excerpts.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sessions/.*excerpt="))
    page.go_back()
    expect(bar).to_contain_text("3 excerpts")
    expect(excerpts.first).to_be_focused()

    # A table of them, without names.
    with page.expect_download() as download:
        bar.get_by_role("link", name="CSV").click()
    path = tmp_path / "chosen.csv"
    download.value.save_as(path)
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert len(rows) == 3
    assert all("/sessions/" in row["link"] for row in rows)

    # A reel of them, on a telephone.
    page.set_viewport_size({"width": 390, "height": 844})
    bar.get_by_role("button", name="Add to reel").click()
    page.get_by_role("combobox", name="Find a reel, or name a new one").fill(TITLE)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0
    look(page, "8-reel-narrow")
    page.set_viewport_size({"width": 1280, "height": 800})
    stage = page.get_by_role("region", name="The reel")

    # It plays by itself from one to the next.
    page.keyboard.press(" ")
    expect(stage).to_contain_text("1 of 3")
    page.wait_for_function(
        """() => [...document.querySelectorAll('audio, video')]
            .some(media => !media.paused && media.currentTime > 0)"""
    )
    expect(stage).to_contain_text("2 of 3")

    # It goes on while another page is read; the player leads back to it.
    page.get_by_role("link", name="Personas").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Personas")
    page.get_by_role("region", name="Player").get_by_role("link", name=TITLE).click()
    # By now it may be at its last.
    expect(stage).to_contain_text("3 of 3")
    stage.get_by_role("button", name="The one before").click()
    expect(stage).to_contain_text("2 of 3")
    check_accessibility()
    look(page, "9-reel")

    # Another order, kept.
    items = page.get_by_role("list", name="Excerpts of the reel").get_by_role("article")
    last = items.nth(2).get_by_role("blockquote").inner_text()
    items.nth(2).focus()
    with page.expect_response(re.compile(r"/order$")):
        page.keyboard.press("Alt+ArrowUp")
        expect(items.nth(1)).to_contain_text(last)
    page.reload()
    expect(items.nth(1)).to_contain_text(last)
