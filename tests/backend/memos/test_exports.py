"""Memos as files: what is written comes out, filters hold, and no cell runs."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from backend.common.spreadsheets import guard_cell
from backend.sources.captions import read_captions

pytestmark = pytest.mark.django_db

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def memo(make, rita, paul):
    excerpt = make.excerpt(make.transcript(session=make.session(title="Interview 3 <b>")))
    memo = make.memo(
        excerpt,
        text="=HYPERLINK(1)\n# not a heading & <tag>\n\x01Łódź 診察",
        created_by=rita,
        mentions=[paul],
    )
    make.memo(excerpt, text="An answer\nof two lines", created_by=paul, parent=memo)
    return memo


@pytest.fixture
def export(client_for, bob, url):
    def get(format, **filters):
        return client_for(bob).get(url("memos/export"), {"format": format} | filters)

    return get


def read_table(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_table_says_all_and_runs_nothing(export, memo, workspace):
    answer = export("csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    first, second = read_table(answer)
    assert first["text"] == "'=HYPERLINK(1)\n# not a heading & <tag>\nŁódź 診察"
    assert (first["author"], first["about"], first["mentions"]) == ("Rita", "Excerpt", "Paul")
    assert first["subject"] == "I waited six weeks for a visit"
    assert first["session"] == "Interview 3 <b>"
    assert first["time"] == "0:00"
    place = f"sessions/{memo.session_id}?excerpt={memo.subject_id}"
    assert first["link"] == f"http://testserver/w/{workspace.id}/{place}"
    assert (second["answer_to"], second["text"]) == (str(memo.id), "An answer\nof two lines")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_what_could_run_is_text(start):
    assert guard_cell(f"{start}1+1") == f"'{start}1+1"
    assert guard_cell(f"1{start}1") == f"1{start}1"


def test_a_document_can_be_opened_and_says_all(export, memo):
    answer = export("docx")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    document = ElementTree.fromstring(archive.read("word/document.xml"))
    lines = [
        "".join(text.text or "" for text in paragraph.iter(f"{WORD}t"))
        for paragraph in document.iter(f"{WORD}p")
    ]
    assert lines[0] == "Excerpt: I waited six weeks for a visit"
    assert "# not a heading & <tag>" in lines
    assert lines[-2:] == ["An answer", "of two lines"]
    # The reader of transcripts knows its own kind of document.
    assert read_captions(answer.content, name="memos.docx").cues


def test_markdown_keeps_its_headings_apart_from_what_people_wrote(export, memo):
    text = export("md").content.decode()
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == ["# Acme: memos", "## Excerpt: I waited six weeks for a visit"]
    assert r"\# not a heading & <tag>" in text
    assert "> of two lines" in text


def test_files_hold_what_the_filters_leave(export, make, memo, rita, paul):
    make.memo(make.tag("waiting"), text="On a tag", created_by=paul)
    assert len(read_table(export("csv"))) == 3
    assert [row["text"] for row in read_table(export("csv", subject_kind="tag"))] == ["On a tag"]
    assert len(read_table(export("csv", session=memo.session_id))) == 2
    assert b"On a tag" not in export("md", q="answer").content


def test_other_formats_are_refused_with_a_choice(export):
    answer = export("pdf")
    assert answer.status_code == 400
    assert "docx" in answer.json()["remedy"]


def test_strangers_take_nothing_away(memo, client_for, charlie, url, other_workspace):
    assert client_for(charlie).get(url("memos/export?format=csv")).status_code == 404
    front = f"/api/workspaces/{other_workspace.id}/memos/export?format=csv"
    theirs = client_for(charlie).get(f"{front}&session={memo.session_id}")
    assert read_table(theirs) == []


def test_a_file_takes_as_many_queries_for_many_as_for_one(export, make, memo, count_queries):
    few = count_queries(lambda: export("csv"))
    for _ in range(3):
        make.memo(make.excerpt())
    assert count_queries(lambda: export("csv")) == few
