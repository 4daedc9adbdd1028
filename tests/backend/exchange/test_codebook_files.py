"""Codebook files: what is written is read again as it was, and nothing makes a reader raise."""

import csv
import io
import re
import time
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.exchange.codebook import Code, read_codebook
from backend.exchange.codebook.codes import MAX_CODES, MAX_DEPTH, MAX_NAME, MAX_TEXT
from backend.exchange.codebook.csv import join_path, read_csv, split_path, write_csv
from backend.exchange.codebook.qdc import NAMESPACE, read_qdc, write_qdc
from tests.backend.exchange.codes import codebooks

CODEBOOK = [
    Code(
        ("Waiting",),
        "Time\nlost",
        "=not a formula",
        "-",
        "#b45309",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    ),
    Code(("Waiting", "On hold > music"), colour="#0369a1"),
]


def find(content: bytes) -> dict[str, Code]:
    return {" › ".join(code.path): code for code in read_codebook(content).codes}


def reasons(content: bytes) -> list[tuple[int, str]]:
    return [(skipped.line, skipped.reason) for skipped in read_codebook(content).skipped]


@given(codebooks())
def test_a_table_is_read_as_it_was_written(codes):
    read = read_codebook(write_csv(codes)) if codes else read_csv(write_csv(codes))
    assert read.codes == codes
    assert not read.skipped
    assert not read.notes


@given(codebooks())
def test_a_qdc_file_is_read_as_it_was_written(codes):
    read = read_codebook(write_qdc(codes)) if codes else read_qdc(write_qdc(codes))

    def inside_out(code: Code) -> tuple[str, ...]:
        return code.path

    # In a tree, what is under a code comes before the next code.
    assert sorted(read.codes, key=inside_out) == sorted(codes, key=inside_out)
    assert not read.notes


@given(codebooks(has_guids=False))
def test_what_is_written_keeps_to_the_schema(codes):
    """The rules of the REFI-QDA schema for codebooks, one by one."""
    if not codes:
        return
    root = ElementTree.fromstring(write_qdc(codes))
    name = f"{{{NAMESPACE}}}".__add__
    assert root.tag == name("CodeBook")
    assert set(root.attrib) <= {"origin"}
    assert [child.tag for child in root] == [name("Codes")]
    assert len(root[0]) >= 1

    def check(code: ElementTree.Element) -> None:
        assert code.tag == name("Code")
        assert (
            {"guid", "name", "isCodable"}
            <= set(code.attrib)
            <= {
                "guid",
                "name",
                "isCodable",
                "color",
            }
        )
        UUID(code.attrib["guid"])
        assert code.attrib["isCodable"] == "true"
        assert re.fullmatch(r"#[0-9a-f]{6}", code.attrib.get("color", "#000000"))
        tags = [child.tag for child in code]
        # A description first, if any, then codes.
        assert tags in (
            [name("Description")] * has + [name("Code")] * (len(tags) - has) for has in (0, 1)
        )
        for child in code:
            if child.tag == name("Code"):
                check(child)

    for code in root[0]:
        check(code)
    guids = [code.attrib["guid"] for code in root.iter(name("Code"))]
    assert len(set(guids)) == len(guids)


@given(codebooks())
def test_no_cell_is_a_formula(codes):
    rows = csv.reader(io.StringIO(write_csv(codes).decode("utf-8-sig"), newline=""))
    for cell in (cell for row in rows for cell in row):
        assert not cell.strip().startswith(("=", "+", "-", "@"))
        assert not cell.startswith(("\t", "\r"))


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1), max_size=4)
)
def test_paths_come_apart_where_they_were_joined(names):
    assert split_path(join_path(names)) == tuple(names)


BROKEN = [
    b"",
    b"\0",
    b"<",
    b"<CodeBook>",
    b"<Codes><Code name='a'><Code name='b'>",
    b"\xff\xfe",
    b"\xff\xfe<\0C\0",
    b'name,parent\n"a',
    b"a\tb;c,d\n\n,,,\n",
    b"\xef\xbb\xbf<?xml version='1.0' encoding='shift_jis'?><CodeBook/>",
    b"<?xml version='1.0' encoding='nonsense'?><CodeBook/>",
    write_csv(CODEBOOK),
    write_qdc(CODEBOOK),
]


@st.composite
def mutilated(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(BROKEN)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 6))] = draw(
            st.one_of(st.binary(max_size=6), st.sampled_from(BROKEN))
        )
    return bytes(content)


@given(st.one_of(mutilated(), st.binary(max_size=200)))
@example(b"name\n" + b'"' * 200_000)
@example(b'name,id\nWaiting,\x006ba7b810-9dad-11d1-80b4-00c04fd430c8\nHold,"a"" x=""b"\n')
def test_no_file_makes_a_reader_raise(content):
    read = read_codebook(content)
    assert read.codes or read.skipped
    known = set()
    for code in read.codes:
        assert all(0 < len(name) <= MAX_NAME for name in code.path)
        assert len(code.path) <= MAX_DEPTH
        assert len(code.description) <= MAX_TEXT
        assert re.fullmatch(r"(#[0-9a-f]{6})?", code.colour)
        known.add(code.path)
    assert len(known) == len(read.codes)
    # What was read can be written and read again.
    for write in (write_csv, write_qdc):
        assert {code.path for code in read_codebook(write(read.codes)).codes} >= known or not known


def test_tables_of_others_are_understood():
    semicolons = (
        "\ufeffCode;Parent code;Definition;Color\nHold;Phone;on the line;#abc\nPhone;;;red\n"
    )
    found = find(semicolons.encode())
    assert found["Phone › Hold"].description == "on the line"
    assert found["Phone › Hold"].colour == "#aabbcc"
    assert [note.reason for note in read_codebook(semicolons.encode()).notes] == [
        "“Phone”: “red” is no colour that is understood here, such as #0369a1."
    ]
    assert list(find(b"Waiting,time lost\nTrust\n")) == ["Waiting", "Trust"]
    assert list(find("tag\tdescription\nÄrger\tx\n".encode("utf-16"))) == ["Ärger"]
    assert list(find("name\nÄrger\n".encode("cp1252"))) == ["Ärger"]
    # A parent that is under something else, by its mere name; and one that has no row.
    nested = b"name,parent\nphone,waiting\nhold,phone\nwaiting,\nx,nowhere\n"
    assert set(find(nested)) == {
        "waiting",
        "waiting › phone",
        "waiting › phone › hold",
        "nowhere › x",
    }


def test_what_is_skipped_is_said_by_line():
    assert reasons(b"name,parent\na,\n,x\n\nA,\nb,c\nc,b\n") == [
        (3, "There is no name."),
        (5, "“A” is there twice; the first one counts."),
        (6, "“b” is under itself."),
        (7, "“c” is under itself."),
    ]
    broken = b"<CodeBook>\n<Codes>\n<Code name='a'>\n<Code name='b'/>\n<Code name='c"
    assert set(find(broken)) == {"a", "a › b"}
    assert reasons(broken)[0][1].startswith("The file is broken here")
    sets = write_qdc(CODEBOOK).replace(
        b"</CodeBook>",
        b"<Sets><Set guid='x' name='A'><MemberCode guid='y'/></Set></Sets></CodeBook>",
    )
    assert len(find(sets)) == 2
    assert "is a set of codes" in reasons(sets)[0][1]
    assert "begins with “html”" in reasons(b"<html><Code name='a'/></html>")[0][1]
    assert "Save it as CSV" in reasons(b"PK\x03\x04rest")[0][1]
    assert "larger than 2 MB" in reasons(b"x" * 3_000_000)[0][1]


def test_the_second_and_third_text_come_out_of_the_description():
    (waiting, _) = read_qdc(write_qdc(CODEBOOK)).codes
    assert (waiting.description, waiting.when_to_use, waiting.when_not_to_use) == (
        "Time\nlost",
        "=not a formula",
        "-",
    )


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE CodeBook [<!ENTITY a "ha">%s]>
<CodeBook><Codes><Code guid="x" name="&z;" isCodable="true"/></Codes></CodeBook>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 123)
)


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        b'<!DOCTYPE CodeBook SYSTEM "file:///etc/passwd"><CodeBook/>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><CodeBook>&e;</CodeBook>',
        b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://example.org/x.dtd">%e;]><CodeBook/>',
    ],
)
def test_document_types_and_entities_are_refused(content):
    began = time.process_time()
    read = read_codebook(content)
    assert time.process_time() - began < 1
    assert read.codes == []
    assert "document type" in read.skipped[0].reason


@pytest.mark.parametrize(
    "content",
    [
        b"<CodeBook>" + b"<Code name='a'>" * 100_000,
        b"<CodeBook>" + b"<Code name='a'/>" * 100_000,
        b"<CodeBook><Code name='" + b"a" * 1_000_000 + b"'>" + b"<Code name='b'/>" * 40_000,
        b"<CodeBook><Code name='a'><Description>" + b"a<!---->" * 150_000,
        b"<CodeBook><Code name='a'><Description>" + b"\n\nWhen to use: " * 100_000,
        b"name,parent\n" + b"".join(b"n%d,n%d\n" % (row, row + 1) for row in range(100_000)),
        b"name,parent\n" + b"a," + b">a" * 60_000 + b"\n",
    ],
)
def test_files_made_to_be_slow_are_not(content):
    began = time.process_time()
    read = read_codebook(content)
    assert time.process_time() - began < 5
    assert len(read.codes) <= MAX_CODES
    assert read.skipped or read.notes
