"""English word forms: what lets "cancelling" find "cancelled"."""

from collections.abc import Sequence

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

MIN_LETTERS = 4

_analyzer = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("english")).build()


def english_stems(words: Sequence[str]) -> list[str]:
    """The stem of each folded word, in order; short words and numbers stay as they are."""
    stems = _analyzer.analyze(" ".join(words))
    return [
        stem if len(word) >= MIN_LETTERS and word.isalpha() else word
        for word, stem in zip(words, stems, strict=True)
    ]
