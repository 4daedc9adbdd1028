"""Compound words that hold a word of a query: "Termin" finds "Arzttermin" and "Terminerinnerung".

The index keeps each long stem of a language that writes words together a second time, backwards,
so that words with the same end are neighbours. What is left of a word must be a word itself, one
that somebody said or one of the most common, or be made of two: else "Rolle" would find
"Kontrolle".
"""

from collections.abc import Callable, Iterator, Sequence

from search.languages import COMPOUNDING
from search.stems import stem_keys
from search.words import folded_words

_SHORTEST_PART = 3
_SHORTEST_WORD = 4
SHORTEST_COMPOUND = _SHORTEST_PART + _SHORTEST_WORD

# What stands between the parts. Longest first does not matter: each is tried.
_LINKS = {
    "de": ("", "s", "es", "n", "en", "er", "e"),
    "nl": ("", "s", "e", "en"),
    "sv": ("", "s", "e", "o", "u"),
    "da": ("", "s", "e"),
    "no": ("", "s", "e"),
    "fi": ("", "n", "en"),
}
# These change a word's meaning instead of adding one of their own: "bestellen" is no "stellen".
_PREFIXES = """
ver zer ent emp miss vor nach auf aus bei ein mit weg hin her los abge ange auge einge zuge
unge unter uber durch wider wieder hinter zuruck zusammen uit toe ont over onder
"""
# Common first parts, so that a small collection finds compounds as well.
_COMMON_WORDS = """
abend alter amt angst apotheke arbeit arzt auge auskunft auto bad bahn bank bauch baum bein beruf
besuch bett bezirk bild blut brief bruder bruecke brust buch bund buro chef computer daten dienst
doktor dorf eltern ende erfahrung ernahrung fach fahr familie farbe fehler fenster ferien fest
feuer firma fisch flug frage frau freizeit freund fuss garten gast geburt gefuhl geld gemeinde
geschaft geschenk gesundheit glas grund gruppe haar hals hand handy haupt haus haut heim herz
hilfe hof holz hotel hund impf impfung information internet jahr jugend karte kasse katze kind
kinder kirche klinik knie kopf kosten kraft kranken krankheit kredit kuche kunde kunden kunst kurs
land leben lehr lehrer leistung licht liebe luft luftung magen mann markt medizin meer miete milch
minute mittag mobil monat morgen mund musik mutter nacht name nase netz notfall nummer ohr
operation ort paar papier park partner patient patienten pause person pflege pflicht platz polizei
post praxis preis privat probe problem programm punkt rat raum rechnung recht reise rente rezept
ruck sache schmerz schicht schiff schlaf schlussel schreib schule schutz schwester see seite
sicherheit sitz sommer sonne spiel sport sprache sprech stadt stand start stelle steuer stimme
stoff strasse strom stuhl stunde tag tasche technik teil telefon termin test text tier tisch
tochter tod ton tor treppe tur uhr umwelt universitat unfall urlaub vater verein verkehr
versicherung vertrag video vogel volk wagen wahl wald wand warte wasser wechsel weg wein welt werk
wert wetter winter wirtschaft woche wohn wohnung wort zahl zahn zeit zeitung ziel zimmer zucker
zug zukunft erinnerung kalender absage buchung anfrage vereinbarung verschiebung vergabe
bestatigung planung beratung behandlung untersuchung bestellung lieferung zahlung huis kaart dag
jaar verjaardag afspraak dokter ziekenhuis tijd school
"""

_NO_PARTS = frozenset(_PREFIXES.split())
_COMMON = frozenset(
    part
    for word in _COMMON_WORDS.split()
    for part in (word, *(key[3:] for key in stem_keys(word, COMPOUNDING)))
)

ReadTerms = Callable[[str, str], Sequence[str]]
CountDocuments = Callable[[str, str], int]


def backward_keys(keys: set[str]) -> list[str]:
    """The long stems among these, to be kept backwards as well."""
    return [
        f"{key[:2]}~{key[:2:-1]}"
        for key in keys
        if len(key) >= 3 + SHORTEST_COMPOUND and key[:2] in COMPOUNDING
    ]


class Compounds:
    """Finds compounds among the stems of one commit of the index."""

    def __init__(self, read_terms: ReadTerms, count_documents: CountDocuments) -> None:
        self._read_terms = read_terms
        self._count_documents = count_documents
        self._found: dict[tuple[str, bool], frozenset[str]] = {}
        self._is_word: dict[tuple[str, str], bool] = {}

    def keys_of(self, spelled: str, *, is_prefix: bool = False) -> frozenset[str]:
        """The keys of compounds that begin or end with a word as it is spelled.

        Those that an unfinished word begins are found without us.
        """
        found = self._found.get((spelled, is_prefix))
        if found is None:
            begun = "".join(folded_words(spelled)) if is_prefix else None
            found = frozenset(
                f"{language}.{compound}"
                for language, stem in (key.split(".", 1) for key in stem_keys(spelled, COMPOUNDING))
                if len(stem) >= _SHORTEST_WORD and language in COMPOUNDING
                for compound in (
                    *self._ending(language, stem),
                    *(self._beginning(language, stem) if stem != begun else ()),
                )
            )
            self._found[spelled, is_prefix] = found
        return found

    def _ending(self, language: str, stem: str) -> Iterator[str]:
        for backwards in self._read_terms("stems", f"{language}~{stem[::-1]}"):
            compound = backwards[:2:-1]
            if self._is_first_part(language, compound[: -len(stem)]):
                yield compound

    def _beginning(self, language: str, stem: str) -> Iterator[str]:
        for key in self._read_terms("stems", f"{language}.{stem}"):
            compound = key[3:]
            if len(compound) >= SHORTEST_COMPOUND and self._is_last_part(
                language, compound[len(stem) :]
            ):
                yield compound

    def _is_first_part(self, language: str, part: str) -> bool:
        if part in _NO_PARTS:
            return False
        return any(
            self._is_made_of_words(language, part[: len(part) - len(link)])
            for link in _LINKS[language]
            if part.endswith(link)
        )

    def _is_last_part(self, language: str, part: str) -> bool:
        return any(
            self._is_made_of_words(language, part[len(link) :])
            for link in _LINKS[language]
            if part.startswith(link)
        )

    def _is_made_of_words(self, language: str, part: str) -> bool:
        if self._is_known(language, part):
            return True
        return any(
            self._is_known(language, part[:cut]) and self._is_known(language, part[cut:])
            for cut in range(_SHORTEST_PART, len(part) - _SHORTEST_PART + 1)
        )

    def _is_known(self, language: str, part: str) -> bool:
        if len(part) < _SHORTEST_PART or part in _NO_PARTS:
            return False
        known = self._is_word.get((language, part))
        if known is None:
            known = part in _COMMON or bool(
                self._count_documents("stems", f"{language}.{part}")
                or self._count_documents("words", part)
            )
            self._is_word[language, part] = known
        return known
