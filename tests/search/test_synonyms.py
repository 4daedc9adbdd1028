"""Words that mean the same to one workspace, on both engines."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import SearchEngine, SearchQuery
from search.engines.embedded import EmbeddedEngine
from search.highlight import highlight_ranges
from search.parsing import MAX_WORDS, parse_text
from search.result import AlsoSearched, SearchResult
from search.synonyms import MAX_VARIANTS, SynonymGroups, widened
from search.words import words_of
from tests.search.corpus import ALICES, CHARLIES, counted, ids, make_document

GROUPS = (
    ("appointment", "visit", "check-up"),
    ("no show", "missed visit", "DNA"),
    ("reminder", "nudge"),
)


def ask_with(
    engine: SearchEngine, text: str, groups: SynonymGroups = GROUPS, **values: Any
) -> SearchResult:
    values.setdefault("workspace_id", ALICES)
    return engine.search(SearchQuery(text=text, synonyms=groups, **values))


class TestFinding:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: SearchEngine) -> None:
        engine.upsert(
            [
                make_document("appointment", "An appointment at nine", participant_ids=("ann",),
                              quadrants=("pain",)),
                make_document("visit", "The visit was short", participant_ids=("bob",),
                              quadrants=("gain",)),
                make_document("both", "The visit, or appointment, was late",
                              participant_ids=("ann", "bob"), quadrants=("pain",)),
                make_document("checkup", "A check-up every year", participant_ids=("cat",)),
                make_document("missed", "A missed visit costs us", participant_ids=("dan",)),
                make_document("apart", "We missed the last visit of the bus"),
                make_document("shown", "No reminder, no show"),
                make_document("theirs", "Another visit", workspace_id=CHARLIES),
            ]
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("appointment", {"appointment", "both", "visit", "checkup", "missed", "apart"}),
            ("appointments", {"appointment", "both", "visit", "checkup", "missed", "apart"}),
            ("check-up", {"appointment", "both", "visit", "checkup", "missed", "apart"}),
            ("appointment late", {"both"}),
            ("appointment short", {"visit"}),
            ("short appointment", {"visit"}),
            ("no show", {"shown", "missed"}),
            ("nudge", {"shown"}),
            ('"appointment"', {"appointment", "both"}),
            ('"no show"', {"shown"}),
            ("appointment -visit", {"appointment", "checkup"}),
            ("appointment -reminder", {"appointment", "both", "visit", "checkup", "missed",
                                       "apart"}),
            ("dna", {"shown", "missed"}),
        ],
    )  # fmt: skip
    def test_finds(self, engine: SearchEngine, text: str, found: set[str]) -> None:
        result = ask_with(engine, text)
        assert set(ids(result)) == found
        assert (result.total, result.dropped_words) == (len(found), ())

    def test_an_exact_word_stands_above_a_synonym(self, engine: SearchEngine) -> None:
        order = ids(ask_with(engine, "appointment"))
        assert set(order[:2]) == {"appointment", "both"}

    def test_each_document_and_each_person_counts_once(self, engine: SearchEngine) -> None:
        result = ask_with(engine, "appointment")
        assert (result.total, result.people) == (6, 4)
        assert counted(result, "quadrants") == {"pain": 2, "gain": 1}
        filtered = ask_with(engine, "appointment", limit=1)
        assert (len(filtered.hits), filtered.total, filtered.people) == (1, 6, 4)

    def test_pages_go_on_where_the_last_ended(self, engine: SearchEngine) -> None:
        pages = [ids(ask_with(engine, "appointment", offset=at, limit=4)) for at in (0, 4)]
        assert [len(page) for page in pages] == [4, 2]
        assert len({*pages[0], *pages[1]}) == 6

    def test_what_was_found_is_marked(self, engine: SearchEngine) -> None:
        marked = {
            hit.id: [TEXTS[hit.id][start:end] for start, end in hit.text_highlight]
            for hit in ask_with(engine, "appointment").hits
            if hit.id in TEXTS
        }
        assert marked == {"both": ["visit", "appointment"], "checkup": ["check-up"]}

    def test_the_answer_says_what_was_searched_besides(self, engine: SearchEngine) -> None:
        result = ask_with(engine, "no show of reminders")
        assert result.also_searched == (
            AlsoSearched("no show", ("missed visit", "DNA")),
            AlsoSearched("reminders", ("nudge",)),
        )
        assert ask_with(engine, "no show", groups=()).also_searched == ()

    def test_another_workspace_stays_out(self, engine: SearchEngine) -> None:
        assert ids(ask_with(engine, "appointment", workspace_id=CHARLIES)) == ["theirs"]


TEXTS = {"both": "The visit, or appointment, was late", "checkup": "A check-up every year"}

WORDS = st.sampled_from(["visit", "appointment", "no", "show", "missed", "予約", "Termin", "late"])
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
MANY_GROUPS = st.lists(st.lists(PHRASES, max_size=12).map(tuple), max_size=6).map(tuple)


class TestWidening:
    def test_the_longest_phrase_wins(self) -> None:
        groups = (("no show", "missed visit"), ("show", "exhibition"))
        parsed = widened(parse_text("a no show today"), groups)
        [widening] = parsed.widenings
        assert (widening.first, widening.count) == (1, 2)
        assert [term.text for term in widening.alternatives] == ["missed visit"]

    def test_what_means_the_same_as_a_synonym_does_not_follow(self) -> None:
        groups = (("appointment", "visit"), ("call", "visits"))
        [widening] = widened(parse_text("appointment"), groups).widenings
        assert [term.text for term in widening.alternatives] == ["visit"]

    def test_every_choice_of_words_is_a_variant(self) -> None:
        parsed = widened(parse_text("no show reminder -late"), GROUPS)
        assert [variant.to_query_string() for variant in parsed.variants()] == [
            "no show reminder -late",
            "no show nudge -late",
            '"missed visit" reminder -late',
            '"missed visit" nudge -late',
            "DNA reminder -late",
            "DNA nudge -late",
        ]

    @given(st.text(max_size=60), MANY_GROUPS)
    def test_any_text_can_be_widened(self, text: str, groups: SynonymGroups) -> None:
        parsed = widened(parse_text(text), groups)
        assert parsed.terms == parse_text(text).terms

    @given(st.lists(WORDS, max_size=10).map(" ".join), MANY_GROUPS)
    def test_widenings_never_overlap_nor_grow_beyond_what_engines_read(
        self, text: str, groups: SynonymGroups
    ) -> None:
        parsed = widened(parse_text(text), groups)
        ends = [0]
        for widening in parsed.widenings:
            assert ends[-1] <= widening.first < widening.end <= len(parsed.terms)
            assert not any(term.is_quoted for term in parsed.terms[widening.first : widening.end])
            assert widening.alternatives
            ends.append(widening.end)
        variants = list(parsed.variants())
        assert len(variants) <= MAX_VARIANTS
        assert variants[0].terms == parsed.terms
        for variant in variants:
            assert sum(len(term.words) for term in variant.terms) <= MAX_WORDS

    @given(PHRASES, PHRASES, MANY_GROUPS)
    def test_marked_are_whole_words(self, text: str, query: str, groups: SynonymGroups) -> None:
        parsed = widened(parse_text(query), groups)
        words = words_of(text)
        starts, ends = {word.start for word in words}, {word.end for word in words}
        for start, end in highlight_ranges(text, parsed):
            assert start in starts
            assert end in ends


SENTENCES = [
    "a late visit",
    "no show",
    "missed appointment",
    "予約が必要",
    "Termin",
    "no visit late",
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("synonyms"))
    engine.upsert([make_document(str(n), text) for n, text in enumerate(SENTENCES)])
    return engine


@settings(max_examples=40, deadline=None)
@given(WORDS, MANY_GROUPS)
def test_what_holds_a_typed_word_is_found_whatever_the_synonyms(
    filled: EmbeddedEngine, word: str, groups: SynonymGroups
) -> None:
    plain = ask_with(filled, word, groups=())
    wider = ask_with(filled, word, groups=groups)
    holding = {str(n) for n, text in enumerate(SENTENCES) if word in text}
    assert holding <= set(ids(plain)) <= set(ids(wider))
    assert wider.total == len(wider.hits)
