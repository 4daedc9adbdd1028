"""The glossary through the API: what recognition is told to expect, and what is suggested."""

from uuid import uuid4

import pytest

from backend.sources.glossary import SENT_MAXIMUM, glossary_prompt
from backend.sources.models import GlossaryTerm, WordCorrection

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(make):
    return make.study()


@pytest.fixture
def client(client_for, rita):
    return client_for(rita)


@pytest.fixture
def read(client, url):
    def get(study=None):
        return client.get(url("glossary"), {"study": str(study.id)} if study else {}).json()

    return get


@pytest.fixture
def correct(make):
    """Note corrections in a session of a study, each of another word."""

    def note(study, *pairs, **values):
        transcript = make.transcript(session=make.session(study=study))
        for word_id, (before, after) in enumerate(pairs, start=1):
            WordCorrection.objects.create(
                workspace=make.workspace,
                transcript=transcript,
                before=before,
                after=after,
                **{"word_id": word_id, **values},
            )
        return transcript

    return note


def terms(body) -> list[tuple[str, int, bool]]:
    return [(row["text"], row["times_corrected"], row["is_sent"]) for row in body["results"]]


def test_terms_are_added_listed_and_deleted(client, url, read, study, rita):
    made = client.post(url("glossary"), {"text": " Doctolib ", "study_id": str(study.id)})
    client.post(url("glossary"), {"text": "Ada Health"})

    assert made.status_code == 201
    assert made.json() == {
        "id": str(GlossaryTerm.objects.get(text="Doctolib").id),
        "text": "Doctolib",
        "study_id": str(study.id),
        "times_corrected": 0,
        "is_sent": True,
    }
    assert GlossaryTerm.objects.get(text="Doctolib").created_by == rita
    body = read(study)
    assert terms(body) == [("Doctolib", 0, True), ("Ada Health", 0, True)]
    assert body["sent_maximum"] == SENT_MAXIMUM == 12
    assert terms(read()) == [("Ada Health", 0, True)]
    assert client.delete(url(f"glossary/{made.data['id']}")).status_code == 204
    assert client.delete(url(f"glossary/{made.data['id']}")).status_code == 404
    assert terms(read(study)) == [("Ada Health", 0, True)]


def test_a_term_is_there_once_whatever_its_case(client, url, make, study):
    make.term("Élan", study=study)
    make.term("Ada Health")
    other = make.study()

    def add(text, study_id=None):
        return client.post(url("glossary"), {"text": text, "study_id": study_id}, format="json")

    for text, study_id in (("élan,", study.id), ("ADA health", study.id), ("ada  health", None)):
        refused = add(text, study_id)
        assert refused.status_code == 409
        assert refused.data["fields"]["text"]
    assert "of the whole workspace already" in add("Ada Health", study.id).data["message"]
    assert add("Élan", other.id).status_code == 201
    assert add("Élan").status_code == 201, "now for all studies"


@pytest.mark.parametrize("text", ["", "  ", "–", "?!", "x" * 61, None])
def test_a_term_needs_letters_and_is_short(client, url, text):
    assert client.post(url("glossary"), {"text": text}, format="json").status_code == 400
    assert not GlossaryTerm.objects.exists()


def test_a_study_must_be_of_this_workspace(client, url, make, other_workspace):
    strange = make.study()
    type(strange).objects.filter(id=strange.id).update(workspace=other_workspace)
    for study_id in (strange.id, uuid4(), "x"):
        values = {"text": "Ada", "study_id": str(study_id)}
        assert client.post(url("glossary"), values).status_code == 400
        assert client.get(url("glossary"), {"study": str(study_id)}).status_code == 400


def test_what_was_misheard_most_often_comes_first(read, make, correct, study):
    make.term("Kaia")
    make.term("Doctolib", study=study)
    make.term("Ada Health", study=study)
    correct(
        study,
        ("Dr. lib,", "doctolib,"),
        ("the doctor", "the Doctolib"),
        ("Adahealth", "“Ada Health”"),
        ("doctolib", "Doctolib."),  # it was heard right
        ("adore", "Ada"),
    )
    correct(make.study(), ("either health", "ada health"), ("order health", "Ada Health?"))

    assert terms(read(study)) == [("Ada Health", 3, True), ("Doctolib", 2, True), ("Kaia", 0, True)]
    assert glossary_prompt(study) == "Ada Health, Doctolib, Kaia."


def test_the_same_correction_of_the_same_word_counts_once(read, make, correct, study):
    make.term("Doctolib", study=study)
    correct(study, ("lib", "Doctolib"), ("Doctolib", "lib"), ("lib", "Doctolib"), word_id=1)
    assert terms(read(study)) == [("Doctolib", 1, True)]


def test_at_most_twelve_are_sent(read, make, correct, study):
    for number in range(14):
        make.term(f"Term{number:02}", study=study if number % 2 else None)
    make.term("term13")  # once more for all studies
    correct(study, ("turn", "Term13"))

    body = read(study)

    sent = [row["text"] for row in body["results"] if row["is_sent"]]
    assert sent == ["Term13", "term13", *(f"Term{number:02}" for number in range(11))]
    assert glossary_prompt(study) == f"Term13, {', '.join(sent[2:])}."
    assert [is_sent for _, _, is_sent in terms(body)] == [True] * 13 + [False] * 2


def test_without_terms_there_is_no_prompt(make, study):
    make.term("Elsewhere", study=make.study())
    assert glossary_prompt(study) == ""


def test_words_corrected_again_and_again_are_suggested(read, make, correct, study):
    make.term("Ada")
    correct(
        study,
        ("dr lib", "Doctolib,"),
        ("doctor", "Doctolib"),
        ("dr", "doctolib"),
        ("kyra", "Kaia"),
        ("adore", "Ada"),
        ("adder", "Ada said"),
        ("adder", "Ada said"),
        ("so", "So,"),
        ("so", "So,"),
    )
    correct(make.study(), ("kyra", "Kaia"), ("here", "there"), ("hear", "there"))

    assert read(study)["suggestions"] == [
        {"text": "Doctolib", "times_corrected": 3},
        {"text": "Kaia", "times_corrected": 2},
    ]
    assert [row["text"] for row in read()["suggestions"]] == ["Doctolib", "Kaia", "there"]


def test_corrections_in_deleted_sessions_do_not_count(read, make, correct, study):
    make.term("Ada")
    session = correct(study, ("adore", "Ada"), ("x", "yes"), ("z", "yes")).source.session
    session.deleted_at = session.created_at
    session.save()
    assert terms(read(study)) == [("Ada", 0, True)]
    assert read(study)["suggestions"] == []


def test_correcting_and_replacing_in_a_transcript_count(client, url, read, make, study):
    make.term("Doctolib")
    transcript = make.transcript(
        turns=[("P01", "dr lib or doctolip or dr lib")], session=make.session(study=study)
    )
    segment = transcript.segments.get()
    client.post(url(f"segments/{segment.id}/words/4"), {"text": "Doctolib"})
    body = {"find": "dr lib", "replace": "Doctolib", "first_word_ids": [1, 6]}
    changed = client.post(url(f"transcripts/{transcript.id}/replace"), body, format="json")
    assert terms(read(study)) == [("Doctolib", 3, True)]

    client.post(url(f"changes/{changed.data['change']['id']}/undo"))
    assert terms(read(study)) == [("Doctolib", 1, True)]


def test_who_may(client_for, url, alice, paul, bob, charlie, make):
    term = make.term("Ada")
    for user, status in ((paul, 403), (bob, 403), (charlie, 404), (alice, 201)):
        client = client_for(user)
        assert client.post(url("glossary"), {"text": "Kaia"}).status_code == status
    for user, status in ((paul, 403), (bob, 403), (charlie, 404), (alice, 204)):
        assert client_for(user).delete(url(f"glossary/{term.id}")).status_code == status
    for user, status in ((paul, 200), (bob, 200), (charlie, 404)):
        assert client_for(user).get(url("glossary")).status_code == status


def test_a_long_glossary_takes_as_few_queries(client, url, make, correct, study, count_queries):
    def count() -> int:
        return count_queries(lambda: client.get(url("glossary"), {"study": str(study.id)}))

    count()
    before = count()
    for number in range(30):
        make.term(f"Term{number}")
    correct(study, *[("turn", f"Term{number}") for number in range(30)])
    assert count() == before <= 6
