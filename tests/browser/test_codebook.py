"""The codebook in a browser: moved by keys and by mouse, merged, brought in, and undone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_main_story import look, sign_in

pytestmark = pytest.mark.browser


def line(page: Page, name: str) -> Locator:
    tags = page.get_by_role("list", name="Tags", exact=True).get_by_role("listitem")
    return tags.filter(has=page.get_by_role("button", name=f"Move {name}", exact=True))


def handle(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=f"Move {name}", exact=True)


def expect_depth(page: Page, name: str, depth: int) -> None:
    expect(line(page, name)).to_have_attribute("style", re.compile(rf"--depth: ?{depth}\b"))


def drag(page: Page, name: str, target: str) -> None:
    """Take a tag by its handle and drop it in the middle of another."""
    handle(page, name).scroll_into_view_if_needed()
    start, end = handle(page, name).bounding_box(), line(page, target).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 200, end["y"] + end["height"] / 2, steps=5)
    expect(line(page, target)).to_have_attribute("data-drop", "inside")
    look(page, "codebook-drag")
    page.mouse.up()


def test_the_codebook_is_put_in_order(page, check_accessibility):
    sign_in(page, "Rosa Researcher")
    page.get_by_role("link", name="Codebook").first.click()
    expect(line(page, "On hold")).to_be_visible()
    check_accessibility()
    look(page, "codebook")

    # By keys: out of its parent, renamed, and back by undoing.
    handle(page, "On hold").focus()
    page.keyboard.press("Alt+ArrowLeft")
    page.wait_for_function("() => document.body.textContent.includes('stands at the top now')")
    expect_depth(page, "On hold", 0)
    expect(handle(page, "On hold")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("Kept on the line")
    page.keyboard.press("Enter")
    expect(line(page, "Kept on the line")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(line(page, "On hold")).to_be_visible()
    page.keyboard.press("Control+z")
    expect_depth(page, "On hold", 1)

    # By mouse, and taken back in the notice.
    drag(page, "On hold", "Weeks of waiting")
    notice = page.get_by_role("alert").filter(has_text="“On hold” is under “Weeks of waiting” now")
    notice.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Moved “On hold” under “Weeks of waiting”")).to_be_visible()

    # Merged after seeing what moves, and undone.
    before = line(page, "On hold").inner_text()
    line(page, "On hold").get_by_role("button", name="Change On hold").click()
    page.get_by_role("menuitem", name="Merge into…").click()
    dialog = page.get_by_role("dialog", name="Merge “On hold”")
    dialog.get_by_role("combobox", name="Into").click()
    page.get_by_role("option", name=re.compile("Phone$")).click()
    expect(
        dialog.get_by_text(re.compile(r"\d+ excerpts from \d+ of \d+ people tagged"))
    ).to_be_visible()
    check_accessibility()
    look(page, "codebook-merge")
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(line(page, "On hold")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(line(page, "On hold")).to_have_text(before, use_inner_text=True)

    # A file is shown before it is taken.
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Import…").click()
    table = "Name,Under,When to use\nOn hold,Waiting,Music and messages\nBus,,\n,Waiting,\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "codes.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    dialog = page.get_by_role("dialog", name="Import tags")
    expect(dialog.get_by_text("1 new, 1 changed, 1 skipped")).to_be_visible()
    expect(dialog.get_by_text("There is no name.")).to_be_visible()
    check_accessibility()
    look(page, "codebook-import")
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(line(page, "On hold").get_by_text("Music and messages")).to_be_visible()
    page.get_by_text("Unused 1").click()
    expect(line(page, "Bus")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Every tag is used.")).to_be_visible()
