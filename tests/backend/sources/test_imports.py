"""Importing transcripts: from an upload to a version of a source's text."""

import base64

import pytest

from backend.jobs.models import Job
from backend.sources import storage
from backend.sources.captions import Captions, read_captions
from backend.sources.models import ImportedFile, MediaFile, Source, Speaker, Transcript, Upload
from backend.sources.selectors import storage_used_bytes
from backend.sources.services import note_what_was_read, save_import

pytestmark = pytest.mark.django_db

VERSION = {"Tus-Resumable": "1.0.0"}
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v P01>I waited.</v>\n"


def send(client, address: str, name: str, content: bytes, **metadata: object):
    """Announce a file and send all of it, as the page does."""
    pairs = {"filename": name, **metadata}
    header = ",".join(
        f"{key} {base64.b64encode(str(value).encode()).decode()}" for key, value in pairs.items()
    )
    headers = {**VERSION, "Upload-Length": str(len(content)), "Upload-Metadata": header}
    made = client.post(address, headers=headers)
    if made.status_code == 201 and content:
        sent = client.generic(
            "PATCH",
            made.headers["Location"],
            content,
            content_type="application/offset+octet-stream",
            headers={**VERSION, "Upload-Offset": "0"},
        )
        assert sent.status_code == 204
    return made


@pytest.fixture
def session(make):
    return make.session(participants=[make.participant("P01", real_name="Anna Smith")])


@pytest.fixture
def upload(client_for, rita, url, session):
    address = url(f"sessions/{session.id}/uploads")
    return lambda name, content=VTT, **more: send(client_for(rita), address, name, content, **more)


def test_a_transcript_becomes_a_source_of_its_own_with_a_job(upload, session, rita):
    upload("Meeting.VTT")

    imported, source, job = ImportedFile.objects.get(), Source.objects.get(), Job.objects.get()
    assert (source.kind, source.name, source.session) == ("text", "Meeting.VTT", session)
    assert (imported.source, imported.name, imported.size_bytes) == (
        source,
        "Meeting.VTT",
        len(VTT),
    )
    assert (imported.format, imported.transcript, imported.skipped) == ("", None, [])
    assert imported.created_by == rita
    assert storage.absolute(imported.original_path).read_bytes() == VTT
    assert imported.original_path.endswith(f"/imported-{imported.id}.vtt")
    assert (job.kind, job.target_id, job.source_id) == ("import_transcript", imported.id, source.id)
    assert (job.session_id, job.study_id) == (session.id, session.study_id)
    assert not MediaFile.objects.exists()
    assert not storage.unfinished_file(Upload.objects.get()).exists()


def test_a_transcript_may_stand_beside_a_recording(upload, session, make):
    recording = make.source(session=session)

    upload("meeting.srt", beside=recording.id)

    imported = ImportedFile.objects.get()
    assert imported.source == recording
    assert Source.objects.count() == 1
    assert Job.objects.get().source_id == recording.id


def test_an_empty_transcript_is_kept_and_its_job_will_say_so(upload):
    assert upload("nothing.txt", b"").status_code == 201

    assert ImportedFile.objects.get().size_bytes == 0
    assert Job.objects.get().kind == "import_transcript"


def test_only_a_transcript_can_stand_beside_a_recording(upload, session, make):
    answer = upload("take two.wav", b"RIFF", beside=make.source(session=session).id)

    assert answer.status_code == 400
    assert ".vtt" in answer.json()["remedy"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("beside", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_beside_names_a_source_of_the_session(upload, beside):
    answer = upload("meeting.vtt", beside=beside)

    assert answer.status_code == 400
    assert not Upload.objects.exists()


def test_beside_names_no_source_of_another_session(upload, make):
    assert upload("meeting.vtt", beside=make.source().id).status_code == 400


def test_a_transcript_of_more_than_20_mb_is_refused_with_a_reason(
    upload, client_for, rita, url, session
):
    headers = {
        **VERSION,
        "Upload-Length": "20000001",
        "Upload-Metadata": f"filename {base64.b64encode(b'a.docx').decode()}",
    }
    answer = client_for(rita).post(url(f"sessions/{session.id}/uploads"), headers=headers)

    assert answer.status_code == 413
    assert "20.0 MB" in answer.json()["message"]
    assert upload("a.docx", b"x").status_code == 201


def imported_from(make, source: Source, content: bytes, name: str = "a.vtt") -> Transcript:
    imported = make.imported_file(source=source, name=name)
    return save_import(imported=imported, captions=read_captions(content, name=name))


def test_what_was_read_is_a_complete_version_with_words_and_times(make, session):
    source = make.source(session=session, kind="text")

    transcript = imported_from(
        make,
        source,
        b"WEBVTT\nLanguage: de\n\n00:01.000 --> 00:02.000\n<v P01>ab cd</v>\n\n"
        b"00:03.000 --> 00:04.000\n<v Moderator>Why?</v>\n",
    )

    assert (transcript.engine, transcript.model, transcript.language) == ("import", "vtt", "de")
    assert (transcript.state, transcript.version, transcript.is_current) == ("complete", 1, True)
    assert (transcript.duration_ms, transcript.transcribed_ms) == (4000, 4000)
    assert (transcript.word_count, transcript.next_word_id) == (3, 193)
    first, second = transcript.segments.select_related("speaker__participant")
    assert first.words == [[64, "ab", 1000, 1500, None], [128, "cd", 1500, 2000, None]]
    assert (first.start_ms, first.end_ms, first.is_speaker_suggested) == (1000, 2000, False)
    assert first.speaker.participant.code_name == "P01"
    assert (second.speaker.label, second.speaker.role) == ("Moderator", "moderator")
    assert ImportedFile.objects.get().transcript == transcript
    assert ImportedFile.objects.get().format == "vtt"


@pytest.mark.parametrize(
    "name",
    ["anna  smith", "Anna Smith (she/her)", "Smith, Anna", "SMITH, Anna (External)", "P01 (guest)"],
)
def test_a_real_name_in_the_file_becomes_the_code_name(make, session, name):
    source = make.source(session=session, kind="text")

    imported_from(make, source, f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {name}>Hi.".encode())

    speaker = Speaker.objects.get()
    assert (speaker.label, speaker.participant.code_name) == ("P01", "P01")


def vtt_of(*names: str) -> bytes:
    cues = [
        f"00:0{number}.000 --> 00:0{number}.500\n<v {name}>Hi." for number, name in enumerate(names)
    ]
    return "\n\n".join(["WEBVTT", *cues]).encode()


def labels_in(transcript: Transcript) -> list[str]:
    return [segment.speaker.label for segment in transcript.segments.select_related("speaker")]


def test_names_of_strangers_become_labels(make, session):
    source = make.source(session=session, kind="text")
    content = vtt_of("Ben Jones", "P01", "Moderator", "Speaker 1", "SPEAKER_07", "Eva", "Ben Jones")

    transcript = imported_from(make, source, content)

    assert labels_in(transcript) == [
        *("Speaker 2", "P01", "Moderator", "Speaker 1", "SPEAKER_07", "Speaker 3", "Speaker 2")
    ]
    assert "“Speaker 2”, “Speaker 3”" in transcript.notice
    assert "Ben" not in transcript.notice


def test_who_is_of_the_team_asked_the_questions(make, session, rita):
    source = make.source(session=session, kind="text")

    transcript = imported_from(make, source, vtt_of(rita.name, "P01", "Ben Jones"))

    assert labels_in(transcript) == ["Moderator", "P01", "Speaker 1"]
    asked = transcript.segments.select_related("speaker").first().speaker
    assert (asked.role, asked.participant_id) == ("moderator", None)
    assert "here they are “Speaker 1”." in transcript.notice
    assert "somebody in your team" in ImportedFile.objects.get().skipped[0][1]


def test_a_stranger_in_a_second_file_is_the_same_speaker(make, session):
    source = make.source(session=session, kind="text")
    first = imported_from(make, source, vtt_of("Ben Jones", "Eva"))
    Speaker.objects.filter(label="Speaker 1").update(label="The neighbour")

    second = imported_from(make, source, vtt_of("Eva", "Zoe", "ben jones"))

    assert labels_in(second) == ["Speaker 2", "Speaker 1", "The neighbour"]
    assert {segment.speaker_id for segment in first.segments.all()} < {
        segment.speaker_id for segment in second.segments.all()
    }


def test_names_of_strangers_are_told_to_those_who_may_see_names(
    client_for, rita, bob, paul, url, make, session
):
    source = make.source(session=session, kind="text")
    transcript = imported_from(make, source, vtt_of("Ben Jones"))

    def seen_by(person) -> str:
        client = client_for(person)
        pages = [url(f"sessions/{session.id}"), url(f"transcripts/{transcript.id}")]
        return "".join(client.get(page).content.decode() for page in pages)

    assert "Ben Jones" in seen_by(rita)
    for person in (bob, paul):
        assert "Ben" not in seen_by(person)
        assert "Speaker 1" in seen_by(person)


def test_an_interview_in_one_paragraph_makes_turns_that_can_be_read(make, session):
    source = make.source(session=session, kind="text")

    transcript = imported_from(make, source, b"Moderator: " + b"one two three. " * 200, "a.txt")

    counts = [len(segment.words) for segment in transcript.segments.all()]
    assert sum(counts) == transcript.word_count == 600
    assert counts == [300, 300]


def test_speakers_known_already_are_found_by_name_or_participant(make, session):
    transcript = make.transcript(session=session, turns=[("P01", "one"), ("moderator", "two")])
    known = set(Speaker.objects.values_list("id", flat=True))
    Speaker.objects.filter(label="P01").update(label="The nurse")

    later = imported_from(
        make,
        transcript.source,
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v p01>a\n\n00:02.000 --> 00:03.000\n<v Moderator>b\n",
    )

    assert {segment.speaker_id for segment in later.segments.all()} == known
    assert (later.version, later.is_current) == (2, False)


def test_merged_speakers_are_not_found_again(make, session):
    source = make.source(session=session)
    whole = make.speaker(source, "P01")
    merged = Speaker.objects.create(
        workspace=source.workspace, source=source, label="Ben", merged_into=whole
    )

    transcript = imported_from(make, source, b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ben>a\n")

    assert transcript.segments.get().speaker_id not in (merged.id, whole.id)


def test_speech_without_names_is_of_a_voice_nobody_told_apart(make):
    source = make.source(session=make.session(kind="focus_group"), kind="text")

    transcript = imported_from(make, source, b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n")

    segment = transcript.segments.select_related("speaker").get()
    assert (segment.speaker.label, segment.is_speaker_suggested) == ("Speaker 1", True)


def test_notes_without_names_or_times_are_an_observers(make):
    source = make.source(session=make.session(kind="observation"), kind="text")

    transcript = imported_from(make, source, b"She sighed.", "notes.txt")

    segment = transcript.segments.select_related("speaker").get()
    assert (segment.speaker.label, segment.speaker.role) == ("Notes", "observer")
    assert (segment.start_ms, transcript.duration_ms) == (None, None)
    assert not segment.is_speaker_suggested


def test_where_some_are_named_the_others_are_nobody(make, session):
    source = make.source(session=session)

    transcript = imported_from(
        make,
        source,
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v P01>a\n\n00:02.000 --> 00:03.000\nb\n",
    )

    assert [segment.speaker_id is None for segment in transcript.segments.all()] == [False, True]


def test_cues_are_put_in_the_order_of_their_times(make, session):
    source = make.source(session=session)

    transcript = imported_from(
        make, source, b"0:05 --> 0:06\nb\n\n0:01 --> 0:02\na\n\n0:05 --> 0:07\nc\n", "a.srt"
    )

    assert [row.words[0][1] for row in transcript.segments.all()] == ["a", "b", "c"]
    assert [row.position for row in transcript.segments.all()] == [64, 128, 192]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"P01: a\nModerator: b", "no times"),
        ("a.srt", b"0:01 --> 0:02\na", ""),
        ("a.srt", b"5:00 --> 5:02\na", "after the end of the recording"),
        ("a.srt", b"x\n\n0:01 --> 0:02\na", "left out or guessed"),
    ],
)
def test_a_transcript_says_what_its_file_lacked(make, session, name, content, words):
    source = make.source(session=session)
    MediaFile.objects.create(
        workspace=source.workspace,
        source=source,
        original_path="a",
        size_bytes=1,
        duration_ms=60_000,
    )

    transcript = imported_from(make, source, content, name)

    assert words in transcript.notice
    assert bool(words) == bool(transcript.notice)


def test_the_session_lists_its_files_with_what_was_left_out(client_for, bob, url, make, session):
    imported = make.imported_file(source=make.source(session=session), content=b"12345")
    captions = Captions("vtt")
    captions.skip(7, "The times could not be read.")
    note_what_was_read(imported=imported, captions=captions)

    [source] = client_for(bob).get(url(f"sessions/{session.id}")).json()["sources"]

    assert source["imported_files"] == [
        {
            "id": str(imported.id),
            "name": "meeting.vtt",
            "format": "vtt",
            "size_bytes": 5,
            "transcript_id": None,
            "skipped": [{"line": 7, "reason": "The times could not be read."}],
            "original_url": url(f"imported-files/{imported.id}/original"),
        }
    ]
    assert storage_used_bytes(session.workspace) == 5


def test_the_original_is_for_those_who_may_see_names(client_for, rita, bob, paul, url, make):
    imported = make.imported_file(content=VTT, name="Größe.vtt")
    path = url(f"imported-files/{imported.id}/original")

    answer = client_for(rita).get(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(VTT))
    assert answer.headers["Content-Type"] == "text/vtt"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "Gr%C3%B6%C3%9Fe.vtt" in answer.headers["Content-Disposition"]
    assert client_for(bob).get(path).status_code == 403
    assert client_for(paul).get(path).status_code == 403


def test_the_original_of_a_deleted_session_is_gone(client_for, rita, url, make, session):
    imported = make.imported_file(source=make.source(session=session))
    client_for(rita).delete(url(f"sessions/{session.id}"))

    assert client_for(rita).get(url(f"imported-files/{imported.id}/original")).status_code == 404
