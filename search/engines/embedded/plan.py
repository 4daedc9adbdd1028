"""A parsed text as a tantivy query, scored in plain steps that can be explained.

For each word of the query a document earns by its best match: the word itself most, another form
of it, a word it begins, a word one or two typos away least. Words in the title, and words that
follow each other as typed, earn extra. No other weighing takes part, so equal matches tie and the
key quote and the younger document win.
"""

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema

from search.engines.embedded.vocabulary import Vocabulary
from search.parsing import ParsedText, Term
from search.query import Condition, NumberRange
from search.stems import english_stems

EXACT, FORM, BEGINNING = 10.0, 9.0, 8.0
TYPO = {1: 6.0, 2: 4.0}
IN_TITLE = 3.0
FOLLOWING, NEAR = 6.0, 2.0
NEAR_WORDS = 8


def text_query(schema: Schema, parsed: ParsedText, vocabulary: Vocabulary) -> Query:
    """Matches documents that have every term and none of the excluded ones."""
    clauses = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
    for term in parsed.terms:
        is_prefix = parsed.has_prefix and term is parsed.terms[-1]
        if term.is_word:
            query = _word_query(schema, term.words[0], vocabulary, is_prefix=is_prefix)
        else:
            query = _phrase(schema, term, EXACT * len(term.words))
        clauses.append((Occur.Must, query))
    clauses += [(Occur.Should, query) for query in _order_bonus(schema, parsed)]
    clauses += [(Occur.MustNot, _phrase(schema, term, 0.0)) for term in parsed.excluded]
    return Query.boolean_query(clauses)


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
    query = Query.term_set_query(schema, condition.field, list(condition.values))
    return (Occur.MustNot if condition.is_excluded else Occur.Must), query


def _word_query(schema: Schema, word: str, vocabulary: Vocabulary, *, is_prefix: bool) -> Query:
    matches = [
        _scored(_term(schema, "words", word), EXACT),
        _scored(_term(schema, "stems", english_stems([word])[0]), FORM),
    ]
    if is_prefix:
        beginning = Query.fuzzy_term_query(schema, "words", word, distance=0, prefix=True)
        matches.append(_scored(beginning, BEGINNING))
    typos = vocabulary.words_with_typos(word, is_prefix=is_prefix)
    matches += [
        _scored(Query.term_set_query(schema, "words", list(words)), TYPO[distance])
        for distance, words in typos.items()
    ]
    in_title = _scored(_term(schema, "title_words", word), IN_TITLE)
    best = Query.disjunction_max_query(matches)
    return Query.boolean_query([(Occur.Must, best), (Occur.Should, in_title)])


def _order_bonus(schema: Schema, parsed: ParsedText) -> list[Query]:
    words: list[str | tuple[int, str]] = [w for term in parsed.terms for w in term.words]
    if len(parsed.terms) < 2:
        return []
    near = Query.phrase_query(schema, "words", words, slop=NEAR_WORDS)
    following = (
        Query.phrase_prefix_query(schema, "words", words)
        if parsed.has_prefix
        else Query.phrase_query(schema, "words", words)
    )
    return [_scored(near, NEAR), _scored(following, FOLLOWING)]


def _phrase(schema: Schema, term: Term, score: float) -> Query:
    if len(term.words) == 1:
        return _scored(_term(schema, "words", term.words[0]), score)
    return _scored(Query.phrase_query(schema, "words", list(term.words)), score)


def _term(schema: Schema, field: str, word: str) -> Query:
    return Query.term_query(schema, field, word)


def _scored(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)
