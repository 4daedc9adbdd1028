"""A parsed text as a tantivy query, scored in plain steps that can be explained.

For each word of the query a document earns by its best match: the word itself most, another form
of it, a word it begins, a compound that holds it, less what means the same to the team, and far
less a word one or two typos away. A title that has all the words earns more than any closeness of
words in a text, and that more than the form of a word. No other weighing takes part, so equal
matches tie and the key quote and the younger document win.

The steps are so far apart that in up to six words no sum of smaller ones makes up for a typo or a
title. Closeness and forms keep apart in up to two words, and are weighed against each other in
more. `docs/search.md` states the same order for people.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from tantivy import FieldType, Occur, Query, Schema

from search.engines.embedded.schema import beginning_of
from search.engines.embedded.vocabulary import Vocabulary
from search.parsing import ParsedText, Term, Widening
from search.query import Condition, NumberRange
from search.stems import stem_keys

EXACT, FORM, BEGINNING = 20.0, 19.0, 18.0
COMPOUND = 16.0
SYNONYM, SYNONYM_FORM = 12.0, 11.5
TYPO = {1: 2.0, 2: 1.0}
IN_TITLE = 18.0
_FEW_VALUES = 24
# Shared among the pairs of neighbouring words of a query. A pair earns each step it is within:
# next to each other, with three words between, with eight (swapping them costs two).
CLOSE = {0: 3.5, 3: 3.5, 8: 3.5}


def ranked_query(
    schema: Schema,
    parsed: ParsedText,
    vocabulary: Vocabulary,
    serials: Sequence[int] | None = None,
) -> Query:
    """Matches what `matching_query` does, with scores.

    `serials`: only these documents, which are known to match.
    """
    is_known = serials is not None
    query = matching_query(schema, parsed, vocabulary, is_known=is_known)
    if serials is not None:
        these = Query.term_set_query(schema, "serial", list(serials))
        query = Query.boolean_query([(Occur.Must, _scored(these, 0.0)), (Occur.Must, query)])
    bonuses = _closeness(schema, parsed, vocabulary)
    if parsed.terms:
        bonuses.append(_scored(title_query(schema, parsed, vocabulary), IN_TITLE))
    for bonus in bonuses:
        # One by one: several options of one query would be read wherever they occur, not only in
        # what matches.
        query = Query.boolean_query([(Occur.Must, query), (Occur.Should, bonus)])
    return query


def matching_query(
    schema: Schema, parsed: ParsedText, vocabulary: Vocabulary, *, is_known: bool = False
) -> Query:
    """Matches documents that have every term and none of the excluded ones.

    `is_known`: for documents that do; what a word begins needs not be looked up then.
    """
    clauses = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
    queries = [
        _term_query(schema, parsed, term, vocabulary, is_known=is_known) for term in parsed.terms
    ]
    for widening in reversed(parsed.widenings):
        typed = queries[widening.first : widening.end]
        queries[widening.first : widening.end] = [_widened(schema, typed, widening)]
    clauses += [(Occur.Must, query) for query in queries]
    clauses += [(Occur.MustNot, _phrase(schema, term, 0.0)) for term in parsed.excluded]
    return Query.boolean_query(clauses)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words that a text is answered by: any of `words`, or one with the `beginning`.

    `query` finds the same; `is_all`: nothing else answers the text.
    """

    words: tuple[str, ...]
    beginning: str | None
    query: Query
    is_all: bool


def own_words(schema: Schema, parsed: ParsedText, vocabulary: Vocabulary) -> OwnWords | None:
    """Of a text that is a single word: that word and those it may be a slip or a beginning of.

    What else answers it are other forms, compounds and what means the same.
    """
    if len(parsed.terms) != 1 or parsed.excluded or not parsed.terms[0].is_word:
        return None
    [word], [spelled] = parsed.terms[0].words, parsed.terms[0].typed
    is_prefix = parsed.has_prefix
    typos = vocabulary.words_with_typos(word, is_prefix=is_prefix)
    words = tuple(dict.fromkeys([word, *chain.from_iterable(typos.values())]))
    query = _any_of(schema, "words", words)
    if is_prefix:
        query = query.or_should_match(_beginning(schema, "words", word))
    others = (
        *stem_keys(spelled),
        *vocabulary.compounds.keys_of(spelled, is_prefix=is_prefix),
        *parsed.widenings,
    )
    return OwnWords(words, word if is_prefix else None, query, is_all=not others)


def is_just_begun(parsed: ParsedText) -> bool:
    """Whether the last word is unfinished and has too few letters for forms and typos."""
    return parsed.has_prefix and not stem_keys(parsed.terms[-1].typed[0])


@dataclass(frozen=True, slots=True)
class ShortEnding:
    """A text in two: its last word, just begun, and all before it."""

    before: ParsedText
    alone: ParsedText


def short_ending(schema: Schema, parsed: ParsedText, vocabulary: Vocabulary) -> ShortEnding | None:
    """Where the last word of several has so few letters that nothing else answers it.

    Most texts have a word that begins so: to look for it beside the others takes longest of all.
    """
    is_widened = any(each.end == len(parsed.terms) for each in parsed.widenings)
    if len(parsed.terms) < 2 or not is_just_begun(parsed) or is_widened:
        return None
    alone = ParsedText(terms=parsed.terms[-1:], has_prefix=True)
    own = own_words(schema, alone, vocabulary)
    if own is None or not own.is_all:
        return None
    return ShortEnding(replace(parsed, terms=parsed.terms[:-1], has_prefix=False), alone)


def _term_query(
    schema: Schema, parsed: ParsedText, term: Term, vocabulary: Vocabulary, *, is_known: bool
) -> Query:
    if not term.is_word:
        return _phrase(schema, term, EXACT * len(term.words))
    is_prefix = parsed.has_prefix and term is parsed.terms[-1]
    return _word_query(schema, term, vocabulary, is_prefix=is_prefix, is_known=is_known)


def _widened(schema: Schema, typed: list[Query], widening: Widening) -> Query:
    """What was typed, or something that means the same, which earns less."""
    matches = [Query.boolean_query([(Occur.Must, query) for query in typed])]
    for term in widening.alternatives:
        matches.append(_phrase(schema, term, SYNONYM * len(typed)))
        if term.is_word:
            forms = _any_of(schema, "stems", stem_keys(term.typed[0]))
            matches.append(_scored(forms, SYNONYM_FORM * len(typed)))
    return Query.disjunction_max_query(matches)


def filter_clauses(
    schema: Schema, workspace_id: str, conditions: Sequence[Condition] = ()
) -> list[tuple[Occur, Query]]:
    """The workspace and the filters, as conditions without a score."""
    workspace = Query.term_query(schema, "workspace_id", workspace_id, index_option="basic")
    clauses = [(Occur.Must, workspace), *(_clause(schema, each) for each in conditions)]
    return [(occur, Query.const_score_query(query, 0.0)) for occur, query in clauses]


def _clause(schema: Schema, condition: Condition) -> tuple[Occur, Query]:
    if isinstance(condition, NumberRange):
        query = Query.range_query(
            schema,
            condition.field,
            FieldType.Integer,
            lower_bound=condition.low,
            upper_bound=condition.high,
            include_upper=condition.high is None,
        )
        return Occur.Must, query
    query = _any_of(schema, condition.field, condition.values, index_option="basic")
    return (Occur.MustNot if condition.is_excluded else Occur.Must), query


def _word_query(
    schema: Schema, term: Term, vocabulary: Vocabulary, *, is_prefix: bool, is_known: bool
) -> Query:
    word, spelled = term.words[0], term.typed[0]
    matches = [_scored(_term(schema, "words", word), EXACT)]
    for keys, score in (
        (stem_keys(spelled), FORM),
        (vocabulary.compounds.keys_of(spelled, is_prefix=is_prefix), COMPOUND),
    ):
        if keys:
            matches.append(_scored(_any_of(schema, "stems", keys), score))
    if is_prefix:
        beginning = Query.all_query() if is_known else _beginning(schema, "words", word)
        matches.append(_scored(beginning, BEGINNING))
    typos = vocabulary.words_with_typos(word, is_prefix=is_prefix)
    matches += [
        _scored(_any_of(schema, "words", words), TYPO[distance])
        for distance, words in typos.items()
    ]
    return Query.disjunction_max_query(matches)


def title_query(schema: Schema, parsed: ParsedText, vocabulary: Vocabulary) -> Query:
    """A title that has every term: the words or forms of them, the last perhaps unfinished."""
    clauses = []
    for term in parsed.terms:
        is_prefix = parsed.has_prefix and term is parsed.terms[-1]
        for word in term.words:
            meant = vocabulary.meant_words(word, is_prefix=is_prefix)
            keys = [key for each in meant for key in stem_keys(each)]
            query = _any_of(schema, "title_words", dict.fromkeys([*meant, *keys]))
            if is_prefix:
                query = query.or_should_match(_beginning(schema, "title_words", word))
            clauses.append((Occur.Must, query))
    return Query.boolean_query(clauses)


def _closeness(schema: Schema, parsed: ParsedText, vocabulary: Vocabulary) -> list[Query]:
    """A bonus for each pair of neighbouring terms and each step of closeness."""
    pairs = list(pairwise(parsed.terms))
    bonuses = []
    for left, right in pairs:
        is_prefix = parsed.has_prefix and right is parsed.terms[-1]
        words: list[str | tuple[int, str]] = [
            beginning_of(vocabulary.meant_words(left.words[-1], is_prefix=False)[0]),
            beginning_of(vocabulary.meant_words(right.words[0], is_prefix=is_prefix)[0]),
        ]
        for words_between, score in CLOSE.items():
            query = Query.phrase_query(schema, "beginnings", words, slop=words_between)
            if is_prefix and not words_between:
                query = Query.phrase_prefix_query(schema, "beginnings", words)
            bonuses.append(_scored(query, score / len(pairs)))
    return bonuses


def _any_of(
    schema: Schema, field: str, values: Collection[str], *, index_option: str = "position"
) -> Query:
    """A set is read whole, into a bit for each document, before anything is compared with it."""
    if len(values) > _FEW_VALUES:
        return Query.term_set_query(schema, field, list(values))
    terms = [Query.term_query(schema, field, value, index_option) for value in values]
    return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, t) for t in terms])


def _phrase(schema: Schema, term: Term, score: float) -> Query:
    if len(term.words) == 1:
        return _scored(_term(schema, "words", term.words[0]), score)
    return _scored(Query.phrase_query(schema, "words", list(term.words)), score)


def _term(schema: Schema, field: str, word: str) -> Query:
    return Query.term_query(schema, field, word)


def _beginning(schema: Schema, field: str, word: str) -> Query:
    return Query.fuzzy_term_query(schema, field, word, distance=0, prefix=True)


def _scored(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)
