"""Words of many languages: their forms, compounds, scripts and signs."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.languages import GUESSED, guess_languages
from search.stems import stem_keys
from search.words import folded_words, words_of
from tests.search.corpus import ask, ids, make_document


def marked(engine: SearchEngine, query: str, text: str, **values: Any) -> list[str] | None:
    """What of the text is marked, or None if it is not found."""
    engine.upsert([make_document("1", text, **values)])
    hits = ask(engine, query).hits
    return [text[start:end] for start, end in hits[0].text_highlight] if hits else None


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("I was on hold for twenty minutes and they hung up", ("en",)),
        ("Ich habe den Termin nicht bekommen, weil niemand da war", ("de",)),
        ("Je n'ai pas reçu le rappel de mon rendez-vous", ("fr",)),
        ("No me llamaron para decirme que la cita se cambió", ("es",)),
        ("Não me disseram que a consulta foi cancelada", ("pt",)),
        ("Non mi hanno detto che la visita è stata spostata", ("it",)),
        ("Ik heb geen herinnering gekregen voor mijn afspraak", ("nl",)),
        ("Minä en saanut sitä, mutta se on nyt täällä", ("fi",)),
        ("Arzttermin", GUESSED),
        ("", GUESSED),
    ],
)
def test_small_words_tell_the_language(text: str, languages: tuple[str, ...]) -> None:
    assert guess_languages(folded_words(text)) == languages


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cancelling", "cancelled"),
        ("Häuser", "Haus"),
        ("Haeuser", "Häuser"),
        ("Müller", "Mueller"),
        ("Terminen", "Termin"),
        ("réservations", "reservation"),
        ("annulées", "annuler"),
        ("citas", "cita"),
        ("cancelaron", "cancelar"),
        ("consultas", "consulta"),
        ("appuntamenti", "appuntamento"),
        ("afspraken", "afspraak"),
        ("påminnelser", "påminnelse"),
        ("вопросы", "вопрос"),
        ("예약을", "예약"),
        ("الموعد", "موعد"),
        ("cafe\u0301s", "cafés"),
    ],
)
def test_forms_of_a_word_share_a_key(one: str, other: str) -> None:
    assert set(stem_keys(one)) & set(stem_keys(other)) != set()


@pytest.mark.parametrize("word", ["", "x2", "a", "予", "🎉", "12", "นั"])
def test_what_has_no_forms_has_no_keys(word: str) -> None:
    assert stem_keys(word) == ()


class TestEmbedded:
    """What the embedded engine does by rules of its own."""

    @pytest.mark.parametrize(
        ("query", "text", "found"),
        [
            # Accents, ligatures and letters of their own.
            ("cafe", "Im Café", ["Café"]),
            ("strasse", "in der Straße", ["Straße"]),
            ("straße", "in der Strasse", ["Strasse"]),
            ("smorrebrod", "et smørrebrød", ["smørrebrød"]),
            ("lodz", "w Łodzi, Łódź", ["Łodzi", "Łódź"]),
            ("istanbul", "İstanbul'da", ["İstanbul'da"]),
            ("İSTANBUL", "istanbul", ["istanbul"]),
            # Shortened words, and what follows them.
            ("heure", "à l'heure", ["heure"]),
            ("l'heure", "à l'heure", ["l", "heure"]),
            # Signs of scripts without spaces: a run of them is a phrase, wherever it stands.
            ("予約", "予約が必要です", ["予約"]),
            ("必要", "予約が必要です", ["必要"]),
            ("预约", "我忘了预约时间", ["预约"]),
            ("예약", "예약 시간", ["예약"]),
            # Right to left, and signs that are no words.
            ("שלום", "שָׁלוֹם עולם", ["שָׁלוֹם"]),
            ("كتاب", "هذا كِتَابٌ", ["كِتَابٌ"]),
            ("reminder", "🎉🎉 reminder 👩‍⚕️", ["reminder"]),
        ],
    )
    def test_finds_and_marks(
        self, embedded: EmbeddedEngine, query: str, text: str, found: list[str]
    ) -> None:
        assert marked(embedded, query, text) == found

    @pytest.mark.parametrize(
        ("query", "text"),
        [
            ("Termine", "Ich habe den Termin vergessen"),
            ("fuer", "Das ist für mich"),
            ("annuler", "Ma visite est annulée depuis hier"),
            ("cancelar", "Me cancelaron la cita dos veces"),
            ("esperar", "Não gosto de esperando na fila com as crianças"),
            ("telefonare", "Ho telefonato per un appuntamento"),
            ("afspraken", "Ik heb een afspraak gemaakt"),
            ("or", "une chaîne d'or"),
            ("ai", "J'ai attendu une heure"),
            ("예약", "예약을 취소했어요"),
            ("นัด", "ผมลืมนัดหมอ"),
        ],
    )
    def test_finds(self, embedded: EmbeddedEngine, query: str, text: str) -> None:
        assert marked(embedded, query, text)

    @pytest.mark.parametrize(
        ("query", "text", "found"),
        [
            ("Termin", "Ich habe den Arzttermin vergessen", "Arzttermin"),
            ("Termin", "Die Terminerinnerung kam zu spät", "Terminerinnerung"),
            ("Termin weg", "Die Terminerinnerung ist weg", "Terminerinnerung"),
            ("Termine weg", "Alle Zahnarzttermine sind weg", "Zahnarzttermine"),
            ("Erinnerung", "Die Terminerinnerung kam zu spät", "Terminerinnerung"),
            ("Versicherung", "Meine Krankenversicherung zahlt das nicht", "Krankenversicherung"),
            ("Zimmer", "Im Wartezimmer war es voll", "Wartezimmer"),
            ("kaart", "Ik heb een verjaardagskaart gekregen", "verjaardagskaart"),
        ],
    )
    def test_compounds_are_found_by_their_parts(
        self, embedded: EmbeddedEngine, query: str, text: str, found: str
    ) -> None:
        got = marked(embedded, query, text)
        assert got is not None
        assert found in got

    @pytest.mark.parametrize(
        ("query", "text"),
        [
            ("Rolle", "Die Kontrolle war streng und ich nicht da"),
            ("stellen", "Ich habe es bestellen wollen"),
            ("Raum", "Das war ein Traum für mich"),
            ("rein", "Der Verein ist nicht da"),
            ("sage", "The message was for the doctor"),
        ],
    )
    def test_a_part_that_is_no_word_makes_no_compound(
        self, embedded: EmbeddedEngine, query: str, text: str
    ) -> None:
        assert marked(embedded, query, text) is None

    def test_words_that_somebody_said_make_compounds(self, embedded: EmbeddedEngine) -> None:
        embedded.upsert([make_document("1", "Die Blinddarmoperation war nicht schlimm")])
        assert ids(ask(embedded, "Operation")) == []
        embedded.upsert([make_document("2", "Der Blinddarm ist weg")])
        assert ids(ask(embedded, "Operation")) == ["1"]

    def test_a_word_itself_stands_above_its_compounds(self, embedded: EmbeddedEngine) -> None:
        embedded.upsert(
            [
                make_document("compound", "Der Arzttermin ist weg"),
                make_document("form", "Die Termine sind weg"),
                make_document("exact", "Der Termin ist weg"),
            ]
        )
        assert ids(ask(embedded, "Termin weg")) == ["exact", "form", "compound"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path_factory.mktemp("languages"))


@settings(max_examples=5, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=20, max_size=40))
def test_every_word_of_a_text_finds_and_marks_it(shared: EmbeddedEngine, texts: list[str]) -> None:
    shared.rebuild(make_document(str(number), text) for number, text in enumerate(texts))
    for number, text in enumerate(texts):
        for word in words_of(text)[:2]:
            hits = {hit.id: hit for hit in ask(shared, text[word.start : word.end], limit=100).hits}
            marked = hits[str(number)].text_highlight
            assert any(start <= word.start and word.end <= end for start, end in marked)
