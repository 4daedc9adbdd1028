"""Uploads over HTTP, as the tus 1.0 protocol has them."""

import base64

import pytest
from rest_framework.test import APIClient

from backend.jobs.models import Job
from backend.sources import storage
from backend.sources.models import MediaFile, Source, Upload

pytestmark = pytest.mark.django_db

VERSION = {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"


def name_header(name: str, content_type: str = "audio/wav") -> dict[str, str]:
    encoded = [base64.b64encode(text.encode()).decode() for text in (name, content_type)]
    return {"Upload-Metadata": f"filename {encoded[0]},filetype {encoded[1]}"}


class TusClient:
    """Says what a browser's tus client says."""

    def __init__(self, client: APIClient, sessions_url: str) -> None:
        self.client = client
        self.sessions_url = sessions_url

    def create(self, size: object, name: str = "interview.wav", **headers: str):
        headers = {**VERSION, "Upload-Length": str(size), **name_header(name), **headers}
        return self.client.post(self.sessions_url, headers=headers)

    def head(self, path: str, **headers: str):
        return self.client.head(path, headers={**VERSION, **headers})

    def append(self, path: str, offset: object, data: bytes, **headers: str):
        headers = {**VERSION, "Upload-Offset": str(offset), **headers}
        return self.client.generic("PATCH", path, data, content_type=PART, headers=headers)

    def delete(self, path: str):
        return self.client.delete(path, headers=VERSION)


@pytest.fixture
def session(make):
    return make.session()


@pytest.fixture
def tus(client_for, rita, url, session) -> TusClient:
    return TusClient(client_for(rita), url(f"sessions/{session.id}/uploads"))


def test_a_file_sent_in_parts_becomes_a_source_with_its_job(tus, session, rita):
    content = bytes(range(256)) * 4
    made = tus.create(len(content), "🎙 Gespräch שלום.wav")
    path = made.headers["Location"]
    assert made.status_code == 201
    assert made.headers["Tus-Resumable"] == "1.0.0"
    assert tus.head(path).headers["Upload-Offset"] == "0"

    for start, end in ((0, 100), (100, 101), (101, 1024)):
        assert not Source.objects.exists()
        answer = tus.append(path, start, content[start:end])
        assert answer.status_code == 204
        assert answer.headers["Upload-Offset"] == str(end)
        assert answer.headers["Tus-Resumable"] == "1.0.0"

    source, media, job = Source.objects.get(), MediaFile.objects.get(), Job.objects.get()
    assert source.session == session
    assert source.name == "🎙 Gespräch שלום.wav"
    assert storage.original_file(media).read_bytes() == content
    assert media.original_path == f"{session.workspace_id}/{source.id}/original.wav"
    assert (media.size_bytes, media.content_type) == (1024, "audio/wav")
    assert (job.kind, job.target_id, job.source_id) == ("prepare_media", source.id, source.id)
    assert (job.session_id, job.study_id) == (session.id, session.study_id)
    assert job.created_by == rita
    assert not storage.unfinished_file(Upload.objects.get()).exists()


def test_a_finished_upload_still_answers_how_far_it_is(tus):
    path = tus.create(3).headers["Location"]
    tus.append(path, 0, b"abc")

    answer = tus.head(path)

    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == ("3", "3")
    assert answer.headers["Cache-Control"] == "no-store"
    assert tus.append(path, 3, b"").status_code == 204
    assert tus.append(path, 0, b"xyz").status_code == 409
    assert tus.delete(path).status_code == 409
    assert storage.original_file(MediaFile.objects.get()).read_bytes() == b"abc"
    assert Source.objects.count() == Job.objects.count() == 1


def test_an_empty_file_is_complete_at_once(tus):
    made = tus.create(0, "nothing.mp3")

    assert made.status_code == 201
    assert tus.head(made.headers["Location"]).headers["Upload-Offset"] == "0"
    media = MediaFile.objects.get()
    assert storage.original_file(media).stat().st_size == 0
    assert Job.objects.get().source_id == media.source_id


def test_a_name_is_never_a_path(tus, settings):
    path = tus.create(1, "../../../../tmp/owned.py").headers["Location"]
    tus.append(path, 0, b"x")

    media = MediaFile.objects.get()
    assert media.source.name == "owned.py"
    assert storage.original_file(media).name == "original"
    assert storage.original_file(media).is_relative_to(settings.MEDIA_DIR)


@pytest.mark.parametrize("header", ["", "filename", "filename !!!", "x" * 5000])
def test_a_strange_description_costs_nobody_their_recording(tus, header):
    made = tus.create(1, **{"Upload-Metadata": header})

    assert made.status_code == 201
    assert made.data["file_name"] == "recording"


def test_a_part_at_another_place_is_a_conflict(tus):
    path = tus.create(10).headers["Location"]
    tus.append(path, 0, b"abc")

    for offset in (0, 2, 4):
        answer = tus.append(path, offset, b"xyz")
        assert answer.status_code == 409
        assert answer.data["remedy"]
    assert tus.head(path).headers["Upload-Offset"] == "3"


def test_more_bytes_than_announced_are_refused_and_the_rest_can_follow(tus):
    path = tus.create(4).headers["Location"]

    assert tus.append(path, 0, b"too much").status_code == 400
    assert tus.head(path).headers["Upload-Offset"] == "0"
    assert tus.append(path, 0, b"four").status_code == 204
    assert storage.original_file(MediaFile.objects.get()).read_bytes() == b"four"


@pytest.mark.parametrize("version", ["0.2.2", "2.0.0", ""])
def test_other_versions_of_the_protocol_are_refused(tus, version):
    path = tus.create(4).headers["Location"]
    wrong = {"Tus-Resumable": version}

    answers = [
        tus.create(4, **wrong),
        tus.head(path, **wrong),
        tus.append(path, 0, b"four", **wrong),
    ]
    for answer in answers:
        assert answer.status_code == 412
        assert answer.headers["Tus-Version"] == "1.0.0"
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert Upload.objects.get().offset_bytes == 0


@pytest.mark.parametrize("size", ["", "-1", "1e3", "٣", "abc", "9" * 19, "1 2"])
def test_a_size_must_be_a_number(tus, size):
    assert tus.create(size).status_code == 400
    assert not Upload.objects.exists()


def test_a_part_must_say_that_it_is_one(tus):
    path = tus.create(4).headers["Location"]
    headers = {**VERSION, "Upload-Offset": "0"}

    answer = tus.client.generic("PATCH", path, b"four", headers=headers)

    assert answer.status_code == 415


def test_what_the_server_can_do_is_told_to_whoever_is_at_home(tus, settings):
    answer = tus.client.options(tus.sessions_url)

    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination"
    assert answer.headers["Tus-Max-Size"] == str(settings.UPLOAD_MAXIMUM_BYTES)


def test_clients_that_can_not_patch_may_post(tus):
    path = tus.create(4).headers["Location"]
    headers = {**VERSION, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}

    answer = tus.client.generic("POST", path, b"four", content_type=PART, headers=headers)

    assert answer.status_code == 204
    assert Source.objects.exists()


def test_an_upload_can_be_given_up(tus):
    path = tus.create(10).headers["Location"]
    tus.append(path, 0, b"abc")
    part = storage.unfinished_file(Upload.objects.get())
    assert part.exists()

    assert tus.delete(path).status_code == 204

    assert not part.exists()
    assert tus.head(path).status_code == 404
    assert tus.append(path, 3, b"def").status_code == 404
    assert not part.exists()


def test_the_page_must_prove_that_a_part_is_its_own(rita, tus):
    path = tus.create(4).headers["Location"]
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(rita)
    browser.cookies["csrftoken"] = "a" * 32
    page = TusClient(browser, tus.sessions_url)

    assert page.append(path, 0, b"four").status_code == 403
    assert page.append(path, 0, b"four", **{"X-CSRFToken": "a" * 32}).status_code == 204


def test_the_session_shows_uploads_on_their_way(tus, url, session):
    path = tus.create(10, "a.wav").headers["Location"]
    tus.append(path, 0, b"abcd")

    answer = tus.client.get(url(f"sessions/{session.id}")).data

    assert answer["state"] == "uploading"
    [upload] = answer["uploads"]
    assert (upload["file_name"], upload["offset_bytes"], upload["size_bytes"]) == ("a.wav", 4, 10)

    tus.append(path, 4, b"efghij")
    answer = tus.client.get(url(f"sessions/{session.id}")).data
    assert (answer["state"], answer["uploads"]) == ("waiting", [])
    assert [job["kind"] for job in answer["jobs"]] == ["prepare_media"]


def test_a_deleted_session_takes_nothing_in(tus, url, session):
    path = tus.create(10).headers["Location"]
    tus.client.delete(url(f"sessions/{session.id}"))

    assert tus.create(10).status_code == 404
    assert tus.append(path, 0, b"abc").status_code == 404


def test_the_quota_counts_what_is_on_its_way(tus, settings, url):
    settings.STORAGE_QUOTA_BYTES = 1500
    path = tus.create(1000).headers["Location"]

    refused = tus.create(501)

    assert refused.status_code == 413
    assert "501 bytes" in refused.data["message"]
    assert "1.0 kB of its 1.5 kB" in refused.data["message"]
    assert refused.data["remedy"]
    tus.append(path, 0, b"x" * 1000)
    assert tus.create(501).status_code == 413
    assert tus.create(500).status_code == 201
    storage_answer = tus.client.get(url("storage")).data
    assert (storage_answer["used_bytes"], storage_answer["quota_bytes"]) == (1500, 1500)


def test_giving_an_upload_up_gives_its_room_back(tus, settings):
    settings.STORAGE_QUOTA_BYTES = 1000
    path = tus.create(1000).headers["Location"]
    assert tus.create(1).status_code == 413

    tus.delete(path)

    assert tus.create(1000).status_code == 201


def test_the_quota_is_of_each_workspace(tus, settings, other_workspace, make):
    settings.STORAGE_QUOTA_BYTES = 1000
    session = make.session()
    Upload.objects.create(
        workspace=other_workspace, session=session, file_name="theirs", size_bytes=1000
    )

    assert tus.create(1000).status_code == 201


def test_one_file_may_be_too_large(tus, settings):
    settings.UPLOAD_MAXIMUM_BYTES = 1000

    refused = tus.create(1001)

    assert refused.status_code == 413
    assert "1.0 kB at most" in refused.data["message"]
    assert tus.create(1000).status_code == 201
