"""Which language a text is in, told by its small words, and which languages have word forms.

Guessing by the text itself serves memos, notes and mixed sessions as well as transcripts, and asks
nobody to say a language that most would leave empty.
"""

from collections.abc import Iterable

# The most frequent words that few of the other languages share, folded as `search.words` does.
_SMALL_WORDS = {
    "en": "the and that this with have had not you they was were are is it for but what when my "
    "we to of on at be would because there their been did from just about",
    "de": "der die das und ich nicht ist ein eine einen einem einer war wir sie mit auf den dem "
    "auch aber habe hat haben wenn weil dass fur noch nur schon wie was mein meine sich zu "
    "vom zum zur im am kann wird wurde bei nach uber man es",
    "nl": "het een niet ik en van dat is ze wij maar heb heeft hebben zijn voor met ook naar als "
    "bij nog wel geen mijn dan wat toen deze werd wordt er aan om te",
    "fr": "le la les des et je est pas une un que qui dans pour sur mais nous vous avec ce cette "
    "ai ne sont ete mon ma mes du au aux plus on il elle ils quand parce",
    "es": "el la los las y que es no un una por para con pero como mas muy cuando me mi yo se lo "
    "al del esta este porque fue son tengo hay ha he",
    "pt": "o os as e que nao um uma por para com mas como mais muito quando eu meu minha se do da "
    "dos das no na em ao esta isso foi sao tenho ele ela voce porque",
    "it": "il lo gli e che non un una per con ma come piu molto quando io mi mio mia si del della "
    "dei delle nel nella sono ho ha questo perche anche era al di",
    "sv": "och att det som jag inte en ett ar pa med for av den har de vi var men nar om min mig "
    "till fran eller sa kan",
    "da": "og at det som jeg ikke en et er pa med for af den har de vi var men nar om min mig til "
    "fra eller sa kan hvad",
    "no": "og at det som jeg ikke en et er pa med for av den har de vi var men nar om min meg til "
    "fra eller sa kan hva",
    "fi": "ja on ei etta se han mina olen oli ole mutta kun niin tama mita han me te ne kuin myos "
    "jos sitten vain",
}

# Those whose words are written together without a space: Arzttermin, verjaardagskaart.
COMPOUNDING = ("de", "nl", "sv", "da", "no", "fi")
GUESSED = tuple(_SMALL_WORDS)

_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)


_SMALL = frozenset(_LANGUAGES_OF)


def is_small_word(word: str) -> bool:
    """Whether a folded word is one of those that hold sentences together, in any language."""
    return word in _SMALL


def guess_languages(words: Iterable[str]) -> tuple[str, ...]:
    """The language of these folded words, or several that are about as likely.

    Without any small word that is every language we know: a short text is found by its forms in
    all of them.
    """
    counts: dict[str, int] = {}
    for word in _SMALL.intersection(words):
        for language in _LANGUAGES_OF[word]:
            counts[language] = counts.get(language, 0) + 1
    if not counts:
        return GUESSED
    most = max(counts.values())
    return tuple(language for language in GUESSED if counts.get(language, 0) * 3 > most * 2)
