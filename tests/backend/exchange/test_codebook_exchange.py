"""A codebook goes out as a file and comes in from one: shown first, undone as one change."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.jobs.models import Job
from backend.tagging.models import Change, Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


@pytest.fixture
def send(rita_client, url):
    def send(content: str | bytes, *, is_preview: bool = False, client=rita_client):
        raw = content.encode() if isinstance(content, str) else content
        file = SimpleUploadedFile("codes.csv", raw)
        path = url(f"codebook/import?preview={'true' if is_preview else 'false'}")
        return client.post(path, {"file": file}, format="multipart")

    return send


def columns(workspace) -> list[tuple]:
    tags = Tag.objects.kept().filter(workspace=workspace).order_by("id")
    return list(
        tags.values_list(
            "id",
            "name",
            "parent_id",
            "position",
            "description",
            "when_to_use",
            "when_not_to_use",
            "colour",
        )
    )


def outline(workspace) -> dict[str, str]:
    return {
        tag.name: tag.parent.name if tag.parent else ""
        for tag in Tag.objects.kept().filter(workspace=workspace).select_related("parent")
    }


@pytest.fixture
def book(make):
    waiting = make.tag("Waiting", description="Time lost", colour="#b45309", when_to_use="-")
    hold = make.tag("On hold", parent=waiting, when_not_to_use="=music")
    return waiting, hold, make.tag("a > b", position=1)


@pytest.mark.parametrize("format", ["csv", "qdc"])
def test_what_goes_out_comes_in_unchanged(
    format, rita_client, client_for, bob, url, send, book, workspace
):
    answer = client_for(bob).get(url(f"codebook/export?format={format}"))
    assert answer.status_code == 200
    assert f'.{format}"' in answer["Content-Disposition"]
    before = columns(workspace)
    same = send(answer.content).json()
    assert (same["created"], same["updated"], same["unchanged"]) == (0, 0, 3)
    assert columns(workspace) == before
    assert not Change.objects.exists()

    # Where the tags are not known, they are made.
    Tag.objects.all().delete()
    made = send(answer.content).json()
    assert (made["created"], made["skipped"], made["notes"]) == (3, [], [])
    assert [row[1:2] + row[4:] for row in sorted(columns(workspace), key=lambda row: row[1])] == [
        row[1:2] + row[4:] for row in sorted(before, key=lambda row: row[1])
    ]
    assert outline(workspace) == {"Waiting": "", "On hold": "Waiting", "a > b": ""}


def test_an_import_is_shown_first_and_is_one_change(rita_client, url, send, book, workspace):
    table = (
        "Name,Under,Description,Colour\n"
        "waiting,,Weeks and hours,#B45309\n"
        "Queue,Waiting,,\n"
        "Trust,,Whom they believe,red\n"
        ",,nobody,\n"
        "Paper,Calendars,,\n"
    )
    before = columns(workspace)
    jobs = Job.objects.count()
    preview = send(table, is_preview=True).json()
    assert (preview["created"], preview["updated"], preview["unchanged"]) == (4, 1, 0)
    assert preview["skipped"] == [{"line": 5, "reason": "There is no name."}]
    assert [note["line"] for note in preview["notes"]] == [4]
    assert preview["change"] is None
    assert {tuple(tag["path"]): tag["differences"] for tag in preview["tags"]}[("waiting",)] == [
        "description"
    ]
    assert columns(workspace) == before
    assert Job.objects.count() == jobs

    done = send(table).json()
    for name in ("created", "updated", "skipped", "notes", "tags"):
        assert done[name] == preview[name]
    after = columns(workspace)
    assert outline(workspace) == {
        "Waiting": "",
        "On hold": "Waiting",
        "Queue": "Waiting",
        "a > b": "",
        "Trust": "",
        "Calendars": "",
        "Paper": "Calendars",
    }
    assert Tag.objects.get(name="Queue").colour == "#b45309"
    assert done["change"]["summary"] == "Imported tags from “codes.csv”"
    assert rita_client.post(url("codebook/undo")).status_code == 200
    assert columns(workspace) == before
    assert rita_client.post(url("codebook/redo")).status_code == 200
    assert columns(workspace) == after


def test_a_tag_with_its_id_is_renamed_and_moved(send, book, workspace):
    waiting, hold, other = book
    done = send(
        "Name,Under,Id\n"
        f"Paper,,{other.id}\n"
        f"a > b,,{waiting.id}\n"
        f"Music,New > Sounds,{hold.id}\n"
        f"Twice,New > Sounds,{hold.id}\n"
    ).json()
    assert done["skipped"] == []
    assert outline(workspace) == {
        "Paper": "",
        "a > b": "",
        "New": "",
        "Sounds": "New",
        "Music": "Sounds",
        "Twice": "Sounds",
    }
    hold.refresh_from_db()
    assert hold.name == "Music"


def test_what_would_make_a_loop_or_a_namesake_is_left(send, make, workspace):
    top = make.tag("A")
    make.tag("B", parent=top)
    other = make.tag("C")
    done = send(f"Name,Under,Id\nA,A > B,{top.id}\nA,,{other.id}\n").json()
    assert done["skipped"] == [
        {"line": 2, "reason": "“A” would be under itself: it stays as it is."},
        {"line": 3, "reason": "Another tag is called “A” there: it stays as it is."},
    ]
    assert outline(workspace) == {"A": "", "B": "A", "C": ""}


def test_ids_of_another_workspace_are_unknown(send, other_workspace, workspace):
    theirs = Tag.objects.create(workspace=other_workspace, name="theirs")
    assert send(f"Name,Id\nours,{theirs.id}\n").json()["created"] == 1
    theirs.refresh_from_db()
    assert (theirs.name, theirs.workspace_id) == ("theirs", other_workspace.id)


def test_bad_files_and_questions_are_answered_in_words(rita_client, url, send, make):
    assert rita_client.get(url("codebook/export?format=csv")).status_code == 409
    make.tag()
    for question in ("codebook/export", "codebook/export?format=pdf"):
        assert "format" in rita_client.get(url(question)).json()["fields"]
    assert (
        "file" in rita_client.post(url("codebook/import"), {}, format="multipart").json()["fields"]
    )
    assert send(b"x" * 2_200_000).json()["fields"] == {"file": ["Too large."]}
    assert send(b"PK\x03\x04").json()["skipped"][0]["line"] == 1
    many = send("name,parent\n" + ",x\n" * 300).json()
    assert (many["skipped_count"], len(many["skipped"])) == (300, 200)


def test_a_locked_codebook_takes_files_of_owners_only(client_for, alice, url, send):
    client = client_for(alice)
    client.put(url("codebook/lock"), {"is_locked": True})
    for is_preview in (True, False):
        assert send("name\na\n", is_preview=is_preview).json()["code"] == "codebook_locked"
    assert send("name\na\n", client=client).json()["created"] == 1


def test_files_are_taken_and_given_in_few_queries(rita_client, url, send, count_queries):
    rows = [f"tag {number},parent {number % 40}" for number in range(300)]
    one = send("name\na\n")
    assert one.status_code == 200
    few = count_queries(lambda: rita_client.get(url("codebook/export?format=qdc")))
    made = count_queries(lambda: send("name,parent\n" + "\n".join(rows)))
    assert made <= 30
    again = count_queries(lambda: send("name,parent,memo\n" + "\n".join(f"{r},x" for r in rows)))
    assert again <= 60
    assert count_queries(lambda: rita_client.get(url("codebook/export?format=qdc"))) == few
    assert Tag.objects.kept().count() == 341
