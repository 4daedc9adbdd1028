"""The main job in a browser: a recording goes in; a product manager finds the pain it holds."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.stack import ROOT

pytestmark = pytest.mark.browser

RECORDING = ROOT / "tests/data/interview.ogg"
PAIN = "I waited three weeks for a visit"


def sign_in(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def look(page: Page, name: str) -> None:
    """Keep a picture of the page, where a person wants to see what the test saw."""
    if folder := os.environ.get("EARSHOT_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def words_box(page: Page, words: str) -> dict[str, float]:
    """Where these words stand on the screen: the first and the last point of their line."""
    box = page.evaluate(
        """words => {
            for (const element of document.querySelectorAll('[data-segment]')) {
                const node = element.firstChild;
                const start = node ? node.data.indexOf(words) : -1;
                if (start < 0) continue;
                element.scrollIntoView({block: 'center'});
                const range = new Range();
                range.setStart(node, start);
                range.setEnd(node, start + words.length);
                const boxes = range.getClientRects();
                const [first, last] = [boxes[0], boxes[boxes.length - 1]];
                return {x1: first.left + 2, y1: first.top + first.height / 2,
                        x2: last.right - 2, y2: last.top + last.height / 2};
            }
            return null;
        }""",
        words,
    )
    assert box, f"“{words}” is not in the transcript"
    return box


def select_words(page: Page, words: str) -> None:
    box = words_box(page, words)
    page.mouse.move(box["x1"], box["y1"])
    page.mouse.down()
    page.mouse.move((box["x1"] + box["x2"]) / 2, box["y2"], steps=4)
    page.mouse.move(box["x2"], box["y2"], steps=4)
    page.mouse.up()


def played_seconds(page: Page) -> float:
    return page.evaluate(
        "Math.max(0, ...[...document.querySelectorAll('audio, video')].map(m => m.currentTime))"
    )


def wait_until_plays_between(page: Page, start: float, end: float) -> None:
    page.wait_for_function(
        """([start, end]) => [...document.querySelectorAll('audio, video')]
            .some(m => !m.paused && m.currentTime > start && m.currentTime < end)""",
        arg=[start, end],
    )


def excerpts_panel(page: Page) -> Locator:
    return page.get_by_role("list", name="Excerpts in order")


def test_from_a_recording_to_evidence(page, check_accessibility):
    page.goto("/")
    check_accessibility()
    sign_in(page, "Rosa Researcher")
    check_accessibility()
    look(page, "1-home")

    # A new session from a file.
    page.get_by_role("link", name="Studies").first.click()
    page.get_by_role("link", name=re.compile("Booking a doctor")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Booking a doctor")
    check_accessibility()
    page.get_by_role("button", name="New session").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(RECORDING)
    dialog.get_by_label("Name", exact=True).fill("A call from the kitchen 🎙 שלום")
    dialog.get_by_role("combobox", name="Participants", exact=True).click()
    page.get_by_role("option", name=re.compile("P01")).click()
    page.keyboard.press("Escape")
    check_accessibility()
    dialog.get_by_role("button", name="Create the session").click()

    # Its progress, then its words.
    expect(page.get_by_role("heading", level=1)).to_contain_text("A call from the kitchen 🎙 שלום")
    expect(page.get_by_label("Progress of the recording")).to_be_visible()
    look(page, "2-progress")
    page.wait_for_function(
        "words => document.body.textContent.includes(words)", arg=PAIN, timeout=240_000
    )
    expect(page.get_by_label("Progress of the recording")).to_have_count(0, timeout=240_000)
    check_accessibility()

    # Click a word: it plays from there, and the word being said is marked.
    box = words_box(page, "weeks for a visit")
    page.mouse.click(box["x1"] + 8, box["y1"])
    wait_until_plays_between(page, 4.5, 12)
    page.wait_for_function("CSS.highlights.has('word-spoken')")
    look(page, "3-playing")
    page.get_by_role("button", name="Pause").first.click()

    # Select words, press 5: a pain of the persona of whoever speaks.
    select_words(page, PAIN)
    toolbar = page.get_by_role("toolbar", name="The chosen words")
    expect(toolbar).to_be_visible()
    page.keyboard.press("5")
    expect(excerpts_panel(page)).to_contain_text(PAIN)
    expect(page.get_by_role("toolbar", name="This excerpt")).to_be_visible()
    proposed = page.get_by_label("Persona in Pains").first
    expect(proposed).not_to_have_value("")  # That of P01.
    persona = proposed.input_value()
    page.keyboard.press("t")
    page.get_by_label("Find or create a tag").fill("Endless queue")
    page.keyboard.press("Enter")
    expect(excerpts_panel(page)).to_contain_text("Endless queue")
    look(page, "4-marked")
    check_accessibility()

    # Found at once, with a typo, and it plays from two seconds before.
    page.goto(page.url.split("/sessions/")[0] + "/search?q=wated%20three%20weeks")
    hit = (
        page.locator("[data-hit]").filter(has_text=PAIN).filter(has_text="A call from the kitchen")
    )
    expect(hit).to_be_visible()
    expect(hit.locator("mark").first).to_have_text("waited")
    expect(page.get_by_role("status").first).to_contain_text(re.compile(r"\d+ of \d+ people"))
    check_accessibility()
    look(page, "5-search")
    hit.get_by_role("button", name=re.compile("Play")).click()
    wait_until_plays_between(page, 2.0, 4.9)

    # On the persona's map.
    page.get_by_role("link", name="Personas").first.click()
    check_accessibility()
    page.get_by_role("link", name=re.compile(persona)).first.click()
    pains = page.get_by_role("region", name="Pains")
    pains.get_by_role("button", name=re.compile("more theme")).click()
    expect(pains).to_contain_text("Endless queue")
    expect(pains).to_contain_text(PAIN)
    check_accessibility()
    look(page, "6-map")


def test_a_product_manager_turns_what_was_found_into_an_insight(page, check_accessibility):
    sign_in(page, "Pat Product")
    page.get_by_role("searchbox").fill("cancel")
    hits = page.locator("[data-hit]").filter(has=page.get_by_role("checkbox"))
    expect(hits.first).to_be_visible()
    assert "Real name" not in page.content()
    hits.first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add to insight").click()
    dialog = page.get_by_role("dialog")
    statement = "A message when a visit falls free fills it."
    dialog.get_by_role("combobox").fill(statement)
    dialog.get_by_role("option", name="New insight").click()
    expect(dialog.get_by_label("Statement")).to_have_value(statement)
    check_accessibility()
    dialog.get_by_role("button", name="Write insight").click()
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(statement)
    check_accessibility()
    look(page, "7-insight")
    page.get_by_role("link", name="Insights").first.click()
    expect(page.get_by_text(statement).first).to_be_visible()
    check_accessibility()
    page.get_by_role("link", name="Codebook").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Codebook")
    check_accessibility()


def test_a_product_manager_sees_code_names_only(page, check_accessibility):
    sign_in(page, "Pat Product")
    page.get_by_role("link", name="Studies").first.click()
    page.get_by_role("link", name=re.compile("Booking a doctor")).first.click()
    expect(page.get_by_text("P01").filter(visible=True).first).to_be_visible()
    assert "Harold Bennett" not in page.content()
    assert page.get_by_role("button", name="New session").count() == 0

    # One person's words, of some strength; the address keeps both.
    page.get_by_role("link", name="Search").first.click()
    page.get_by_role("searchbox").fill("wait")
    people = page.get_by_role("group", name="Participant")
    people.get_by_role("checkbox", name=re.compile("^P07: ")).click()
    expect(page.get_by_role("button", name="Remove the filter P07")).to_be_visible()
    page.get_by_role("slider", name="Feelings to").press("ArrowLeft")
    expect(page.get_by_role("button", name="Remove the filter Feeling −3 to +2")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Remove the filter P07")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="from 1 of 9 people")).to_be_visible()
    assert "Ruth Adeyemi" not in page.content()
    check_accessibility()


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_their_window(page, width):
    sign_in(page, "Rosa Researcher")
    page.set_viewport_size({"width": width, "height": 844})
    workspace = page.url.split("/w/")[0] + "/w/" + page.url.split("/w/")[1].split("/")[0]
    for place in ("search", "studies", "personas", "insights", "codebook", "reels", "settings"):
        page.goto(f"{workspace}/{place}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        page.wait_for_load_state("networkidle")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{place} is {overflow} px too wide at {width}"
        look(page, f"{place}-{width}")
