"""The sample study's files agree with one another: references, quotes, times, sizes."""

import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

CONTENT = Path(__file__).parents[2] / "backend" / "sample" / "content"
QUADRANTS = {"think_feel", "say_do", "hear", "see", "pain", "gain"}
ASPECTS = {"think_feel": {"think", "feel"}, "say_do": {"say", "do"}}
KINDS = {"interview", "focus_group", "observation", "feedback"}
STATUSES = {"aware", "acknowledged", "acted", "advocated"}
MOST_BYTES = 6_000_000

STUDY: dict[str, Any] = json.loads((CONTENT / "study.json").read_text())
SESSIONS = {session["key"]: session for session in STUDY["sessions"]}
EXCERPTS = {excerpt["key"]: excerpt for excerpt in STUDY["excerpts"]}
PERSONAS = {persona["key"]: persona for persona in STUDY["personas"]}
TAGS = {tag["key"]: tag for tag in STUDY["tags"]}
PARTICIPANTS = {person["code_name"]: person for person in STUDY["participants"]}
RECORDED = [key for key, session in SESSIONS.items() if session["audio"]]


def segments_of(session_key: str) -> list[dict[str, Any]]:
    path = CONTENT / SESSIONS[session_key]["transcript"]
    segments: list[dict[str, Any]] = json.loads(path.read_text())["segments"]
    return segments


def speaker_of(excerpt: dict[str, Any]) -> str:
    return str(segments_of(excerpt["session"])[excerpt["segment"]]["speaker"])


@pytest.mark.parametrize("plural", ["sessions", "excerpts", "personas", "tags", "insights"])
def test_keys_are_unique(plural: str) -> None:
    counts = Counter(row["key"] for row in STUDY[plural])
    assert max(counts.values()) == 1


@pytest.mark.parametrize("key", SESSIONS)
def test_session_is_complete(key: str) -> None:
    session = SESSIONS[key]
    assert session["kind"] in KINDS
    assert date(2026, 9, 1) <= date.fromisoformat(session["held_on"]) <= date(2026, 11, 20)
    labels = {speaker["label"] for speaker in session["speakers"]}
    assert labels == {segment["speaker"] for segment in segments_of(key)}
    for speaker in session["speakers"]:
        assert speaker["role"] in {"participant", "moderator", "observer"}
        assert (speaker["role"] == "participant") == (speaker["participant"] in PARTICIPANTS)


@pytest.mark.parametrize("key", SESSIONS)
def test_script_is_what_the_transcript_says(key: str) -> None:
    script = (CONTENT / "script" / f"{key}.txt").read_text().splitlines()
    written = [
        f"{segment['speaker']}: {' '.join(word[0] for word in segment['words'])}"
        for segment in segments_of(key)
    ]
    assert written == script


@pytest.mark.parametrize("key", RECORDED)
def test_word_times_run_forward_inside_the_recording(key: str) -> None:
    with av.open(str(CONTENT / SESSIONS[key]["audio"])) as container:
        assert [stream.codec.name for stream in container.streams] == ["opus"]
        assert container.duration is not None
        duration_ms = container.duration / 1000
    times = [word[1:] for segment in segments_of(key) for word in segment["words"]]
    edges = [edge for pair in times for edge in pair]
    assert edges == sorted(edges)
    assert all(20 <= end_ms - start_ms <= 1500 for start_ms, end_ms in times)
    assert 0 <= duration_ms - edges[-1] <= 1000


def test_written_sessions_have_no_times() -> None:
    for key in set(SESSIONS) - set(RECORDED):
        assert {
            (start_ms, end_ms)
            for segment in segments_of(key)
            for _, start_ms, end_ms in segment["words"]
        } == {(None, None)}


@pytest.mark.parametrize("key", EXCERPTS)
def test_excerpt_quotes_its_words(key: str) -> None:
    excerpt = EXCERPTS[key]
    words = segments_of(excerpt["session"])[excerpt["segment"]]["words"]
    run = words[excerpt["first_word"] : excerpt["last_word"] + 1]
    assert " ".join(word[0] for word in run) == excerpt["quote"]
    assert set(excerpt["tags"]) <= set(TAGS)
    assert excerpt["tags"]


@pytest.mark.parametrize("key", EXCERPTS)
def test_placings_are_valid(key: str) -> None:
    for placing in EXCERPTS[key]["placings"]:
        assert placing["persona"] in PERSONAS
        assert placing["quadrant"] in QUADRANTS
        assert placing["aspect"] in ASPECTS.get(placing["quadrant"], {""})
        assert -3 <= placing["intensity"] <= 3


def test_every_participant_is_placed_and_has_the_same_attributes() -> None:
    placed = {speaker_of(excerpt) for excerpt in EXCERPTS.values() if excerpt["placings"]}
    assert placed >= set(PARTICIPANTS)
    assert {frozenset(person["attributes"]) for person in PARTICIPANTS.values()} == {
        frozenset({"age_group", "region", "books_by"})
    }
    assert {person["persona"] for person in PARTICIPANTS.values()} == {*PERSONAS, None}


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_map_shows_every_quadrant_and_aspect(persona: str) -> None:
    found = defaultdict(set)
    for excerpt in EXCERPTS.values():
        for placing in excerpt["placings"]:
            if placing["persona"] == persona:
                found[placing["quadrant"]].add(placing["aspect"])
    assert set(found) == QUADRANTS
    for quadrant, aspects in ASPECTS.items():
        assert found[quadrant] == aspects


def test_waiting_hurts_most_people_and_being_known_helps_two() -> None:
    def people_tagged(tag: str, quadrant: str) -> set[str]:
        return {
            speaker_of(excerpt)
            for excerpt in EXCERPTS.values()
            if tag in excerpt["tags"]
            if quadrant in {placing["quadrant"] for placing in excerpt["placings"]}
        }

    assert len(people_tagged("weeks-of-waiting", "pain")) >= len(PARTICIPANTS) // 2 + 1
    assert people_tagged("being-known", "gain") == {"P02", "P09"}


def test_codebook_is_a_tree_with_colours() -> None:
    for tag in TAGS.values():
        assert tag["parent"] is None or TAGS[tag["parent"]]["parent"] is None
        assert re.fullmatch(r"#[0-9A-F]{6}", tag["colour"])
        assert tag["name"]
        assert tag["description"]
    assert {tag for excerpt in EXCERPTS.values() for tag in excerpt["tags"]} >= {
        key for key, tag in TAGS.items() if tag["parent"]
    }


@pytest.mark.parametrize("key", PERSONAS)
def test_persona_has_a_picture_a_story_and_claims(key: str) -> None:
    persona = PERSONAS[key]
    with Image.open(CONTENT / persona["picture"]) as picture:
        assert picture.size == (512, 512)
    for field in ("age", "life_stage", "work", "why_work", "admires", "likes", "goals", "worries"):
        assert persona[field]
    for claim in persona["claims"]:
        assert claim["field"] in persona
        assert set(claim["excerpts"]) <= set(EXCERPTS)
    assert any(not claim["excerpts"] for claim in persona["claims"])


def test_insights_rest_on_excerpts_for_and_against() -> None:
    stances = Counter()
    for insight in STUDY["insights"]:
        assert insight["status"] in STATUSES
        assert set(insight["personas"]) <= set(PERSONAS)
        assert (insight["status"] == "acted") == bool(insight["action_note"])
        refs = [evidence["excerpt"] for evidence in insight["evidence"]]
        assert len(refs) == len(set(refs))
        assert set(refs) <= set(EXCERPTS)
        stances.update(evidence["stance"] for evidence in insight["evidence"])
    assert set(stances) == {"for", "against"}
    assert {insight["status"] for insight in STUDY["insights"]} == STATUSES


def test_content_is_small() -> None:
    sizes = (path.stat().st_size for path in CONTENT.rglob("*") if path.is_file())
    assert sum(sizes) < MOST_BYTES


def test_transcripts_carry_no_real_names() -> None:
    """Product managers read transcripts and may not learn who spoke."""
    names = {name for person in PARTICIPANTS.values() for name in person["real_name"].split()}
    words = {
        re.sub(r"\W", "", word[0])
        for key in SESSIONS
        for segment in segments_of(key)
        for word in segment["words"]
    }
    assert not names & words
