"""Marking by keyboard alone, undoing it across a reload, and two people in one transcript."""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE_MS
from tests.stack import Stack

pytestmark = pytest.mark.browser

SENTENCE = "I always cancel when I can't come."


def sign_in(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def look(page: Page, name: str) -> None:
    if folder := os.environ.get("EARSHOT_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def open_session(page: Page, stack: Stack, title: str) -> None:
    """By its address: how one gets there is another story."""
    workspace = page.url.split("/w/")[1].split("/")[0]
    answer = page.request.get(f"{stack.base_url}/api/workspaces/{workspace}/sessions?page_size=50")
    session = next(one for one in answer.json()["results"] if one["title"] == title)
    page.goto(f"/w/{workspace}/sessions/{session['id']}")
    expect(page.get_by_role("region", name="Transcript")).to_be_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to_transcript(page: Page) -> None:
    page.wait_for_function("document.querySelectorAll('[data-segment]').length > 0")
    for _ in range(80):
        if page.evaluate("document.activeElement?.getAttribute('aria-label')") == "Transcript":
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead to the transcript")


def walk_to(page: Page, words: str) -> None:
    """Down by passage, then on by word, until the cursor stands at the first of the words."""
    expect(page.locator("[data-segment]").filter(has_text=words).first).to_be_attached()
    place = page.evaluate(
        """words => {
            const texts = [...document.querySelectorAll('[data-segment]')]
                .map(element => element.textContent);
            const segment = texts.findIndex(text => text.includes(words));
            return [segment, texts[segment].slice(0, texts[segment].indexOf(words))
                .split(' ').length - 1];
        }""",
        words,
    )
    # The first step only sets the cursor on the first word.
    press(page, *["ArrowDown"] * (place[0] + 1), *["ArrowRight"] * place[1])


def active_excerpt(page: Page) -> Locator:
    return page.get_by_role("list", name="Excerpts in order").locator("[data-is-active]")


def test_marking_by_keyboard_alone(page: Page, stack: Stack, check_accessibility) -> None:
    sign_in(page, "Rosa Researcher")
    open_session(page, stack, "Between two school runs")
    tab_to_transcript(page)
    walk_to(page, SENTENCE)

    # Choose a sentence, give back a word and take it again; place it, then the other aspect.
    press(page, "Control+Shift+ArrowRight", "Shift+ArrowLeft", "Shift+ArrowRight")
    expect(page.get_by_role("toolbar", name="The chosen words")).to_be_visible()
    press(page, "2")
    excerpt = active_excerpt(page)
    expect(excerpt).to_contain_text(SENTENCE)
    expect(page.get_by_role("toolbar", name="This excerpt")).to_be_visible()
    press(page, "2")
    expect(excerpt.locator("button[aria-expanded]").first).to_contain_text("Say")
    press(page, "2")
    expect(excerpt.locator("button[aria-expanded]").first).to_contain_text("Do")

    # Another excerpt lies over the same words: on to it, and back.
    here = page.get_by_role("toolbar").get_by_role("button", name=re.compile("of 2 here"))
    expect(here).to_have_text(re.compile("^2 of 2"))
    press(page, "o")
    expect(here).to_have_text(re.compile("^1 of 2"))
    press(page, "Shift+O")
    expect(here).to_have_text(re.compile("^2 of 2"))

    # A tag that is made in place.
    press(page, "t")
    page.keyboard.type("Good intentions")
    press(page, "Enter", "Escape")
    expect(excerpt).to_contain_text("Good intentions")

    # Somebody's persona, by a few letters.
    press(page, "p")
    page.keyboard.type("osei")
    expect(page.get_by_role("listbox", name="Personas").get_by_role("option")).to_have_count(1)
    check_accessibility()
    press(page, "Enter")
    persona = page.get_by_role("toolbar").get_by_role("button", name=re.compile("^Persona: Walter"))
    expect(persona).to_be_visible()

    # A feeling in their words, at its full strength.
    press(page, "e")
    page.keyboard.type("ashamed")
    press(page, "Enter", "-", "3")
    expect(page.get_by_role("toolbar").get_by_role("radio", checked=True)).to_have_text("−3")
    check_accessibility()
    press(page, "Enter")
    expect(page.get_by_role("button", name="Emotion: ashamed −3")).to_be_visible()

    # A key quote, wider by two words at its end.
    press(page, "*")
    key_quote = page.get_by_role("button", name="Key quote", exact=True)
    expect(key_quote).to_have_attribute("aria-pressed", "true")
    press(page, "}", "}")
    expect(excerpt).to_contain_text(f"{SENTENCE} Well, I")
    look(page, "marking-1-marked")
    check_accessibility()

    # Back twice and on once, with the place in sight and what was done said aloud.
    press(page, "Control+z")
    expect(page.get_by_text(re.compile("^Undone: ")).first).to_be_visible()
    expect(excerpt).not_to_contain_text("Well, I")
    press(page, "Control+z")
    expect(key_quote).to_have_attribute("aria-pressed", "false")
    press(page, "Control+Shift+z")
    expect(page.get_by_text(re.compile("^Done again: ")).first).to_be_visible()
    expect(key_quote).to_have_attribute("aria-pressed", "true")

    # After a reload the server still knows what may be undone.
    page.reload()
    expect(page.get_by_role("region", name="Transcript")).to_be_visible()
    undo = page.get_by_role("button", name=re.compile("^Undo: ")).first
    expect(undo).to_be_visible()
    tab_to_transcript(page)
    last = undo.get_attribute("aria-label")
    press(page, "Control+z", "Control+z")
    expect(page.get_by_role("button", name=last or "", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Emotion: ashamed −3")).to_have_count(0)
    page.get_by_role("tab", name="History").press("Enter")
    history = page.get_by_role("list", name="Changes, the newest first")
    expect(history.locator("s").first).to_be_visible()
    look(page, "marking-2-history")
    check_accessibility()
    press(page, "Shift+?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Moving and choosing")
    check_accessibility()


@pytest.fixture
def other_page(browser: Browser, stack: Stack) -> Iterator[Page]:
    context = browser.new_context(base_url=stack.base_url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def add_researcher(owner: Page, name: str) -> dict[str, str]:
    """A second researcher of the owner's workspace; returns how to sign in."""
    account = {"email": "bob@example.org", "password": "a kettle on the stove"}
    workspace = owner.url.split("/w/")[1].split("/")[0]
    status = owner.evaluate(
        """([address, body]) => fetch(address, {
            method: 'POST',
            headers: {
                'Content-Type': 'application/json',
                'X-CSRFToken': document.cookie.match(/csrftoken=([^;]+)/)[1],
            },
            body: JSON.stringify(body),
        }).then(answer => answer.status)""",
        [f"/api/workspaces/{workspace}/members", {**account, "name": name, "role": "researcher"}],
    )
    assert status == 201
    return account


def seconds_until(is_so: Callable[[], bool], *, patience: float = 20) -> float:
    start = time.monotonic()
    while not is_so():
        assert time.monotonic() - start < patience, "it never came"
    return time.monotonic() - start


def test_two_people_see_each_others_marks(page: Page, other_page: Page, stack: Stack) -> None:
    sign_in(page, "Rosa Researcher")
    account = add_researcher(page, "Bob Brandt")
    other_page.goto("/")
    other_page.get_by_label("Email").fill(account["email"])
    other_page.get_by_role("textbox", name="Password").fill(account["password"])
    other_page.get_by_role("button", name="Sign in", exact=True).click()
    expect(other_page.get_by_role("searchbox")).to_be_visible()
    for one in (page, other_page):
        open_session(one, stack, "Twenty minutes on hold")
    mark_and_wait(page, other_page, passage=2, name="Rosa Researcher")
    look(other_page, "marking-3-theirs")
    words = mark_and_wait(other_page, page, passage=4, name="Bob Brandt")
    # Taken back by one, gone for both.
    other_page.keyboard.press("Control+z")
    expect(excerpts_of(page).get_by_text(words, exact=True)).to_have_count(0)


def excerpts_of(page: Page) -> Locator:
    return page.get_by_role("list", name="Excerpts in order")


def mark_and_wait(page: Page, other: Page, *, passage: int, name: str) -> str:
    """Mark the first sentence of a passage in one window; it shows in the other. Its words."""
    tab_to_transcript(page)
    press(page, *["ArrowDown"] * passage, "Control+Shift+ArrowRight", "6")
    excerpt = active_excerpt(page)
    expect(excerpt).to_be_visible()
    words = excerpt.locator("[dir=auto]").first.inner_text()
    theirs = excerpts_of(other).get_by_text(words, exact=True)
    waited = seconds_until(lambda: theirs.count() > 0)
    # Two seconds where each processor has one thing to do.
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert waited < 2 * busy, f"seen after {waited:.1f} s, {busy:.1f} things to do a processor"
    expect(other.get_by_role("status").filter(has_text=name)).to_be_visible()
    return words
