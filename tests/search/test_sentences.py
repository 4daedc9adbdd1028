"""Sentences that little or nothing answers whole: what is shown, in which order, and counted."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from search import SearchEngine, SearchQuery, SearchResult
from search.engines.embedded import EmbeddedEngine
from search.fallbacks import ENOUGH
from tests.search.corpus import ALICES, NOON_S, ask, counted, find, ids, make_document

# None is a typo, a form or a beginning of another.
WORDS = ("zoo", "plum", "moss", "oak", "fern", "reed")
PEOPLE = ("ann", "bob", "cem")

some_texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=1, max_size=30)
some_sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=5, unique=True)


def everything(engine: SearchEngine, text: str) -> SearchResult:
    """Read page by page, of a few hits each."""
    result = ask(engine, text, limit=200)
    pages = [
        hit for n in range(0, result.total, 3) for hit in ask(engine, text, offset=n, limit=3).hits
    ]
    assert pages == [*result.hits]
    return result


@settings(max_examples=20, deadline=None)
@given(some_texts, some_sentences)
def test_more_words_before_fewer_and_everything_counted_once(
    texts: list[list[str]], sentence: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        engine.rebuild(
            make_document(
                str(n),
                " ".join(words),
                quadrants=("pain",) if n % 2 else ("gain",),
                participant_ids=(PEOPLE[n % 3],),
                # The later in the list, the better, but for their words.
                created_at_s=NOON_S + n * 9_000_000,
            )
            for n, words in enumerate(texts)
        )
        result = everything(engine, " ".join(sentence))
    held = [len({*sentence} & {*texts[int(id)]}) for id in ids(result)]
    assert all(first >= second for first, second in pairwise(held))
    whole = {str(n) for n, words in enumerate(texts) if {*sentence} <= {*words}}
    assert {*ids(result)[: len(whole)]} == whole
    if len(whole) < ENOUGH:
        anything = {str(n) for n, words in enumerate(texts) if {*sentence} & {*words}}
        assert len(ids(result)) >= min(ENOUGH, len(anything))
    assert len({*ids(result)}) == len(ids(result)) == result.total
    assert result.people == len({int(id) % 3 for id in ids(result)})
    assert counted(result, "quadrants") == Counter(
        "pain" if int(id) % 2 else "gain" for id in ids(result)
    )
    for hit in result.hits:
        assert {*hit.missing_words, *result.dropped_words} == {*sentence} - {*texts[int(hit.id)]}
    assert result.complete == sum(not hit.missing_words for hit in result.hits)


def test_what_lacks_a_word_stands_below_whatever_has_them_all(engine: SearchEngine) -> None:
    engine.upsert(
        [
            make_document("mistyped", "A calandar, and far away the kitchin, remindirs, a doctor"),
            make_document(
                "lacks", "Calendar kitchen reminders", title="Calendar", is_key_quote=True
            ),
            make_document("other", "Nothing of the sort"),
        ]
    )
    result = ask(engine, "calendar kitchen reminders doctor")
    assert ids(result) == ["mistyped", "lacks"]
    assert [hit.missing_words for hit in result.hits] == [(), ("doctor",)]
    assert (result.total, result.complete) == (2, 1)


def test_quotes_and_exclusions_stay_in_force(engine: SearchEngine) -> None:
    engine.upsert(
        [
            make_document("phrase", "On hold about the calendar"),
            make_document("words", "Hold on, the calendar, the reminders, the kitchen"),
            make_document("excluded", "On hold about the calendar and the doctor"),
        ]
    )
    text = 'calendar reminders kitchen moss "on hold" -doctor'
    assert find(engine, text) == {"phrase"}


def test_filters_narrow_what_is_shown_instead(engine: SearchEngine) -> None:
    engine.upsert(
        [
            make_document("mine", "zoo plum moss", study_ids=("s1",)),
            make_document("whole", "zoo plum moss oak", study_ids=("s2",)),
        ]
    )
    assert ids(ask(engine, "zoo plum moss oak", study_ids=["s1"])) == ["mine"]


def test_only_what_has_all_words_if_nothing_else_is_wanted(engine: SearchEngine) -> None:
    engine.upsert([make_document("lacks", "zoo plum moss")])
    query = SearchQuery(workspace_id=ALICES, text="zoo plum moss oak")
    assert engine.search(query).total == 1
    assert engine.search(query.with_all_words()).total == 0


def test_another_question_in_the_words_that_were_chosen(engine: SearchEngine) -> None:
    """Of the excerpts alone fewer have all words, and yet no more is shown of them."""
    insights = [make_document(f"i{n}", "zoo plum moss oak", kind="insight") for n in range(ENOUGH)]
    engine.upsert([*insights, make_document("lacks", "zoo plum moss")])
    query = SearchQuery(workspace_id=ALICES, text="zoo plum moss oak")
    excerpts = replace(query, kinds=("excerpt",))
    assert engine.search(excerpts).total == 1
    choice = engine.search(query).choice
    assert engine.search(replace(excerpts, choice=choice)).total == 0
