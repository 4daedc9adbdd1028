"""Memos on anything: writing, answering, reading, changing, taking back."""

from uuid import uuid4

import pytest
from django.utils import timezone

from backend.memos.models import Memo
from backend.sources.models import Segment
from backend.studies.models import ConsentState
from backend.tagging.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(url, client_for, rita):
    def post_memo(subject, text="Worth a closer look", *, user=rita, **rest):
        body = {"subject_kind": type(subject).__name__.lower(), "subject_id": str(subject.id)}
        return client_for(user).post(url("memos"), body | {"text": text} | rest)

    return post_memo


@pytest.fixture
def read(url, client_for, rita):
    def read_memos(user=rita, **filters):
        answer = client_for(user).get(url("memos"), filters)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return read_memos


@pytest.fixture
def subjects(make):
    """One of everything that a memo can be about."""
    participant = make.participant("P07", real_name="Greta Garbo")
    session = make.session(title="Talk with P07", participants=[participant])
    transcript = make.transcript(session=session, turns=[("P07", "I waited six weeks")])
    excerpt = make.excerpt(transcript)
    insight, _, _ = make.insight(excerpt, make.persona(name="Maya"), statement="Nobody knows.")
    return {
        "study": (session.study, session.study.title),
        "session": (session, "Talk with P07"),
        "segment": (transcript.segments.get(), "I waited six weeks"),
        "excerpt": (excerpt, "I waited six weeks"),
        "tag": (make.tag("waiting", parent=make.tag("time")), "time › waiting"),
        "participant": (participant, "P07"),
        "persona": (insight.personas.get(), "Maya"),
        "insight": (insight, "Nobody knows."),
    }


def test_a_memo_can_be_about_anything_and_says_what_it_is(subjects, post, read):
    for subject, _ in subjects.values():
        assert post(subject).status_code == 201
    memos = read()
    assert {memo["subject"]["kind"]: memo["subject"]["title"] for memo in memos} == {
        kind: title for kind, (_, title) in subjects.items()
    }
    excerpt = next(one for one in memos if one["subject"]["kind"] == "excerpt")
    assert excerpt["session_id"] == excerpt["subject"]["session_id"]
    assert excerpt["subject"]["start_ms"] == 0
    assert excerpt["subject"]["word_id"] == 1
    assert excerpt["created_by"]["name"] == "Rita"
    assert excerpt["is_mine"] is True


def test_real_names_are_in_no_title(subjects, post, read, paul, alice):
    for subject, _ in subjects.values():
        post(subject)
    for reader in (paul, alice):
        assert "Garbo" not in str(read(reader))


def test_who_may_not_see_or_write_does_not(subjects, post, charlie, bob, paul):
    subject, _ = subjects["excerpt"]
    assert post(subject, user=charlie).status_code == 404
    assert post(subject, user=bob).status_code == 403
    assert post(subject, user=paul).status_code == 201


def test_what_another_workspace_has_is_missing(subjects, url, client_for, charlie, other_workspace):
    for kind, (subject, _) in subjects.items():
        body = {"subject_kind": kind, "subject_id": str(subject.id), "text": "canary"}
        answer = client_for(charlie).post(f"/api/workspaces/{other_workspace.id}/memos", body)
        assert answer.status_code == 404
        nothing = body | {"subject_id": str(uuid4())}
        missing = client_for(charlie).post(f"/api/workspaces/{other_workspace.id}/memos", nothing)
        assert answer.content == missing.content
    assert not Memo.objects.exists()


def test_words_of_one_workspace_never_show_in_another(
    make, client_for, charlie, other_workspace, url
):
    make.memo(text="canary-of-acme")
    front = f"/api/workspaces/{other_workspace.id}"
    for path in ("memos", "memos?q=canary", "mentions"):
        answer = client_for(charlie).get(f"{front}/{path}")
        assert answer.status_code == 200
        assert b"canary-of" not in answer.content.replace(b"q=canary", b"")


def test_filters_of_another_workspace_find_nothing(make, client_for, charlie, other_workspace):
    memo = make.memo()
    front = f"/api/workspaces/{other_workspace.id}/memos"
    for filters in (
        {"session": memo.session_id},
        {"study": memo.session.study_id},
        {"subject_id": memo.subject_id},
        {"subject_kind": "excerpt"},
    ):
        assert client_for(charlie).get(front, filters).json()["results"] == []


def test_answers_stand_in_the_thread_and_raise_it(make, url, client_for, paul, rita, read):
    first, second = make.memo(text="first"), make.memo(text="second")
    answer = client_for(paul).post(url("memos"), {"parent_id": str(first.id), "text": "I agree"})
    assert answer.status_code == 201
    again = client_for(rita).post(
        url("memos"), {"parent_id": answer.json()["id"], "text": "So do I"}
    )
    assert again.json()["parent_id"] == str(first.id)
    threads = read()
    assert [thread["text"] for thread in threads] == ["first", "second"]
    assert [one["text"] for one in threads[0]["answers"]] == ["I agree", "So do I"]
    assert threads[1]["id"] == str(second.id)


def test_an_answer_is_about_what_it_answers(make, url, client_for, rita):
    body = {
        "parent_id": str(make.memo().id),
        "subject_kind": "tag",
        "subject_id": str(make.tag().id),
        "text": "Elsewhere",
    }
    assert client_for(rita).post(url("memos"), body).status_code == 400


@pytest.mark.parametrize("body", [{"text": "  "}, {"text": ""}, {"text": "x", "subject_kind": "x"}])
def test_a_memo_says_something_about_something(make, url, client_for, rita, body):
    excerpt = make.excerpt()
    whole = {"subject_kind": "excerpt", "subject_id": str(excerpt.id)} | body
    assert client_for(rita).post(url("memos"), whole).status_code == 400
    assert client_for(rita).post(url("memos"), {"text": "About nothing"}).status_code == 400


def test_only_the_author_changes_a_memo(make, url, client_for, rita, paul, alice):
    memo = make.memo(created_by=paul, text="Furst")
    path = url(f"memos/{memo.id}")
    for other in (rita, alice):
        assert client_for(other).patch(path, {"text": "Mine"}).status_code == 403
    answer = client_for(paul).patch(path, {"text": "First"}).json()
    assert answer["text"] == "First"
    assert answer["edited_at"] is not None


def test_its_author_and_owners_delete_a_memo_and_bring_it_back(
    make, url, client_for, rita, paul, alice, read
):
    memo = make.memo(created_by=paul)
    path = url(f"memos/{memo.id}")
    assert client_for(rita).delete(path).status_code == 403
    assert client_for(alice).delete(path).status_code == 204
    assert read() == []
    assert client_for(rita).post(f"{path}/restore").status_code == 403
    assert client_for(paul).post(f"{path}/restore").json()["id"] == str(memo.id)
    assert len(read()) == 1


def test_a_deleted_memo_leaves_its_answers(make, url, client_for, paul, read):
    memo = make.memo(created_by=paul, text="gone-words", mentions=[paul])
    client_for(paul).post(url("memos"), {"parent_id": str(memo.id), "text": "Still here"})
    client_for(paul).delete(url(f"memos/{memo.id}"))
    (thread,) = read()
    assert (thread["is_deleted"], thread["text"], thread["mentions"]) == (True, "", [])
    assert [one["text"] for one in thread["answers"]] == ["Still here"]
    assert read(q="gone") == []


def test_memos_on_what_is_deleted_are_kept_and_say_so(make, read):
    now = timezone.now()
    excerpt, persona = make.excerpt(deleted_at=now), make.persona(name="Maya", deleted_at=now)
    session = make.session(title="Old", deleted_at=now)
    for subject in (excerpt, persona, session):
        make.memo(subject)
    subjects = {memo["subject"]["kind"]: memo["subject"] for memo in read()}
    assert all(subject["is_gone"] for subject in subjects.values())
    assert subjects["persona"]["title"] == "Maya"


def test_nothing_new_is_noted_on_what_is_deleted(make, post):
    assert post(make.excerpt(deleted_at=timezone.now())).status_code == 404


def test_withdrawn_words_are_not_shown_again(make, post, read):
    transcript = make.transcript(turns=[("P07", "withdrawn canary")])
    excerpt = make.excerpt(transcript)
    make.memo(excerpt)
    post(transcript.segments.get())
    person = excerpt.participant
    person.consent = ConsentState.WITHDRAWN
    person.save()
    assert [memo["subject"]["is_gone"] for memo in read()] == [True, True]
    assert "canary" not in str(read())
    assert post(excerpt).status_code == 404


def test_the_stream_can_be_filtered(make, read, rita, paul):
    study = make.study()
    session = make.session(study=study)
    excerpt = make.excerpt(make.transcript(session=session))
    on_study = make.memo(study, created_by=paul)
    on_session = make.memo(session, created_by=rita)
    on_excerpt = make.memo(excerpt, created_by=rita, mentions=[rita])
    on_tag = make.memo(make.tag(), created_by=paul, mentions=[paul])

    def found(**filters):
        return {memo["id"] for memo in read(**filters)}

    def ids(*memos):
        return {str(memo.id) for memo in memos}

    assert found() == ids(on_study, on_session, on_excerpt, on_tag)
    assert found(study=study.id) == ids(on_study, on_session, on_excerpt)
    assert found(session=session.id) == ids(on_session, on_excerpt)
    assert found(subject_kind="tag") == ids(on_tag)
    assert found(subject_kind="excerpt", subject_id=excerpt.id) == ids(on_excerpt)
    assert found(author=paul.id) == ids(on_study, on_tag)
    assert found(mentions="me") == ids(on_excerpt)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("wait", True),
        ("MÉDECINS attendre", True),
        ("medecin", True),
        ("straße", True),
        ("STRASSE", True),
        ("édec", False),
        ("wait nothing", False),
        ("%", True),
        ("_ait", False),
        ("Łódź lodz", True),
        ("診察", True),
    ],
)
def test_words_are_found_by_their_beginning_without_case_and_accents(make, read, query, is_found):
    make.memo(text="Waiting for the médecins: “attendre” in the Strasse of Łódź. 次の診察まで")
    assert bool(read(q=query)) is is_found


def test_answers_are_searched_too_and_show_the_whole_thread(make, read):
    memo = make.memo(text="Begin")
    make.memo(make.excerpt(), text="Other")
    Memo.objects.create(
        workspace=memo.workspace,
        parent=memo,
        subject_kind=memo.subject_kind,
        subject_id=memo.subject_id,
        session=memo.session,
        text="Calendar",
        folded_text=" calendar ",
    )
    (thread,) = read(q="calend")
    assert (thread["text"], thread["answers"][0]["text"]) == ("Begin", "Calendar")


def test_the_stream_takes_as_many_queries_for_many_as_for_one(
    subjects, post, url, client_for, rita, paul, count_queries
):
    def fill():
        for subject, _ in subjects.values():
            memo = post(subject, mentioned_user_ids=[str(paul.id)]).json()
            client_for(paul).post(
                url("memos"),
                {
                    "parent_id": memo["id"],
                    "text": "Yes",
                    "mentioned_user_ids": [str(rita.id)],
                },
            )

    client = client_for(rita)

    def look():
        assert client.get(url("memos")).status_code == 200

    fill()
    few = count_queries(look)
    fill()
    fill()
    assert count_queries(look) == few
    # Signing in, the door, counting, memos, answers, two of mentions, and one for each kind.
    assert few <= 2 + 1 + 5 + 9


def test_counts_are_by_what_is_marked(make, url, client_for, bob, post):
    session = make.session()
    transcript = make.transcript(session=session)
    excerpt = make.excerpt(transcript)
    memo = make.memo(excerpt)
    post(excerpt)
    make.memo(session)
    post(transcript.segments.get())
    make.memo(excerpt, parent=memo)
    make.memo(excerpt, deleted_at=timezone.now())
    counts = client_for(bob).get(url(f"sessions/{session.id}/memo-counts")).json()
    assert counts == {
        "excerpts": {str(excerpt.id): 3},
        "segments": {str(transcript.segments.get().id): 1},
        "session": 1,
    }


def test_a_memo_follows_its_passage_into_the_one_it_is_joined_to(
    make, post, read, url, client_for, rita
):
    transcript = make.transcript(turns=[("P01", "I waited"), ("P02", "six weeks")])
    first, second = transcript.segments.order_by("position")
    for segment in (second, first):
        segment.position = segment.words[0][0]
        segment.save()
    assert post(second, "On the second").status_code == 201
    first.words += second.words
    Segment.objects.filter(pk=second.pk).delete()
    first.save()
    (memo,) = read(subject_kind="segment", subject_id=first.id)
    assert memo["subject"]["id"] == str(first.id)
    assert memo["subject"]["title"] == "I waited six weeks"
    session_id = transcript.source.session_id
    counts = client_for(rita).get(url(f"sessions/{session_id}/memo-counts")).json()
    assert counts["segments"] == {str(first.id): 1}


def test_what_is_done_in_a_session_is_a_change_of_it(make, url, client_for, rita, post):
    excerpt = make.excerpt()
    memo = post(excerpt, "Look here").json()
    path = url(f"memos/{memo['id']}")
    client_for(rita).patch(path, {"text": "Look there"})
    client_for(rita).delete(path)
    client_for(rita).post(f"{path}/restore")
    changes = Change.objects.filter(session=excerpt.session).order_by("number")
    assert [change.verb for change in changes] == [
        "memo.create",
        "memo.update",
        "memo.delete",
        "memo.update",
    ]
    assert changes[0].summary == "Wrote a memo: “Look here”"
    post(make.persona(), "No session")
    assert not Change.objects.filter(session__isnull=True).exists()
