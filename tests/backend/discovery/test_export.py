"""Excerpts as a table: everything found or what was chosen, no names, and no cell runs."""

import csv
import io

import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone

from backend.common.errors import UnavailableError
from backend.discovery import export
from backend.discovery.api import export as api
from backend.discovery.services import rebuild_index
from backend.studies.models import ConsentState
from backend.tagging.models import Excerpt, Tagging

pytestmark = pytest.mark.django_db


def read(answer) -> bytes:
    async def read_all():
        return b"".join([part async for part in answer.streaming_content])

    return async_to_sync(read_all)()


@pytest.fixture
def take(client_for, url):
    """The rows of a file; its last lines that are no rows are under the key "quote" alone."""

    def export_as(user, **question):
        answer = client_for(user).get(url("search/export.csv"), question)
        assert answer.status_code == 200, answer.content
        return list(csv.DictReader(io.StringIO(read(answer).decode("utf-8-sig"), newline="")))

    return export_as


@pytest.fixture
def said(make):
    def say(code_name: str, words: str, **values):
        session = make.session(title=f"Call with {code_name}", held_on="2026-03-04")
        excerpt = make.excerpt(make.transcript(turns=[(code_name, words)], session=session))
        for name, value in values.items():
            setattr(excerpt, name, value)
        excerpt.save()
        return excerpt

    return say


def test_a_row_says_who_where_when_and_what_it_means(take, said, make, workspace, alice, bob):
    quote = said("P01", "no reminder came", is_key_quote=True, start_ms=3_723_000)
    gone = make.persona(name="Gone", deleted_at=timezone.now())
    maya = make.persona(name="Maya")
    make.placing(quote, quadrant="pain", persona=maya, emotion="annoyed", intensity=-2)
    make.placing(quote, quadrant="think_feel", aspect="feel", persona=maya, intensity=1)
    make.placing(quote, quadrant="hear", persona=gone)
    for name in ("Reminders", "Phone"):
        Tagging.objects.create(workspace=workspace, excerpt=quote, tag=make.tag(name))
    deleted_tag = make.tag("Old", deleted_at=timezone.now())
    Tagging.objects.create(workspace=workspace, excerpt=quote, tag=deleted_tag)
    rebuild_index()
    # Even who may see names on the page takes none away.
    for user in (alice, bob):
        (row,) = take(user, q="reminder")
        assert row.pop("study") == quote.session.study.title
        assert set(row.pop("tags").split("; ")) == {"Phone", "Reminders"}
        assert row == {
            "quote": "no reminder came",
            "participant": "P01",
            "session": "Call with P01",
            "date": "2026-03-04",
            "time": "1:02:03",
            "quadrants": "Pains; Think & Feel; Hear",
            "aspects": "Feel",
            "personas": "Maya",
            "feelings": "annoyed −2; strength +1",
            "key_quote": "yes",
            "link": f"http://testserver/w/{workspace.id}/sessions/{quote.session_id}"
            f"?excerpt={quote.id}",
            "id": str(quote.id),
        }


def test_it_is_a_file_that_spreadsheets_open(client_for, url, bob, said, workspace):
    chosen = said("P01", "no reminder came 診察")
    answer = client_for(bob).get(url("search/export.csv"), {"excerpt": str(chosen.id)})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert read(answer).startswith(b"\xef\xbb\xbfquote,participant,")


def test_no_cell_runs(take, said, bob):
    for start in ("=", "+", "-", "@", "\t", "\r", "＝"):
        formula = f"{start}HYPERLINK(1)"
        quote = said(f"{formula} P", "words", text=f'{formula}\nand more, "quoted"')
        quote.session.title = quote.session.study.title = formula
        quote.session.save()
        quote.session.study.save()
        (row,) = take(bob, excerpt=str(quote.id))
        assert row["quote"] == f'\'{formula}\nand more, "quoted"'
        assert row["participant"] == f"'{formula} P"
        assert row["session"] == row["study"] == f"'{formula}"


def test_filters_hold_and_kinds_do_not_matter(take, said, make, alice):
    pain, other = said("P01", "a reminder came late"), said("P02", "a reminder came")
    make.placing(pain, quadrant="pain")
    rebuild_index()
    found = take(alice, q="reminder", quadrant="pain", kind="insight", limit=1, offset=5)
    assert [row["id"] for row in found] == [str(pain.id)]
    both = take(alice)
    assert {row["id"] for row in both} == {str(pain.id), str(other.id)}


def test_what_is_chosen_comes_in_its_order_without_what_is_gone(take, said, alice, other_workspace):
    one, two, deleted, withdrawn, theirs = (said(f"P0{n}", "a reminder") for n in range(1, 6))
    rebuild_index()
    type(deleted).objects.filter(id=deleted.id).update(deleted_at=timezone.now())
    type(theirs).objects.filter(id=theirs.id).update(workspace=other_workspace)
    withdrawn.participant.consent = ConsentState.WITHDRAWN
    withdrawn.participant.save()
    chosen = [str(one_.id) for one_ in (two, theirs, deleted, withdrawn, one, two)]
    assert [row["id"] for row in take(alice, excerpt=chosen)] == [str(two.id), str(one.id)]
    # The index has not heard of it yet; the file has.
    assert {row["id"] for row in take(alice, q="reminder")} == {str(one.id), str(two.id)}


def test_all_batches_come_and_queries_do_not_grow_with_rows(
    take, said, alice, monkeypatch, count_queries
):
    wanted = {str(said(f"P{n:02}", "a reminder").id) for n in range(5)}
    rebuild_index()
    whole = count_queries(lambda: take(alice, q="reminder"))
    monkeypatch.setattr(export, "BATCH_ROWS", 2)
    rows = take(alice, q="reminder")
    assert {row["id"] for row in rows} == wanted
    assert len(rows) == 5
    assert count_queries(lambda: take(alice, q="reminder")) == whole + 2 * 4


def test_a_file_that_is_cut_says_so(take, said, alice, monkeypatch):
    for n in range(5):
        said(f"P{n:02}", "a reminder")
    rebuild_index()
    monkeypatch.setattr(export, "BATCH_ROWS", 2)
    monkeypatch.setattr(export, "MAX_ROWS", 4)
    *rows, last = take(alice, q="reminder")
    assert len({row["id"] for row in rows}) == 4
    assert last["quote"].startswith("Only the first 4 of 5 excerpts are in this file.")


def test_a_file_that_search_left_in_the_middle_says_so(take, said, alice, monkeypatch):
    for n in range(3):
        said(f"P{n:02}", "a reminder")
    rebuild_index()
    monkeypatch.setattr(export, "BATCH_ROWS", 2)
    find = export.find_excerpts

    def break_later(*args, offset, **values):
        if offset:
            raise UnavailableError("Search is not available right now.")
        return find(*args, offset=offset, **values)

    monkeypatch.setattr(export, "find_excerpts", break_later)
    *rows, last = take(alice, q="reminder")
    assert len(rows) == 2
    assert last["quote"].startswith("This file ends here, although more was found.")


def test_an_outage_is_told_instead_of_an_empty_file(client_for, url, alice, monkeypatch):
    def break_down(*args, **values):
        raise UnavailableError("Search is not available right now.", remedy="Try again.")

    monkeypatch.setattr(export, "find_excerpts", break_down)
    answer = client_for(alice).get(url("search/export.csv"))
    assert answer.status_code == 503
    assert answer.json()["message"] == "Search is not available right now."


def test_nothing_found_is_a_table_without_rows(take, alice):
    rebuild_index()
    assert take(alice, q="zebra") == []


def test_the_file_is_whole_before_any_of_it_is_sent(client_for, url, said, alice):
    """Nothing is left to read for which a thread and a connection of the request must be there."""
    for n in range(3):
        said(f"P{n:02}", "a reminder")
    rebuild_index()
    answer = client_for(alice).get(url("search/export.csv"), {"q": "reminder"})
    Tagging.objects.all().delete()
    Excerpt.objects.all().delete()
    content = read(answer)
    assert len(content.splitlines()) == 4
    assert answer.headers["Content-Length"] == str(len(content))


def test_large_files_are_kept_on_disk_and_go_when_they_were_sent(
    client_for, url, said, alice, monkeypatch
):
    tables = []
    write = api.write_table
    monkeypatch.setattr(export, "IN_MEMORY_BYTES", 100)
    monkeypatch.setattr(
        api,
        "write_table",
        lambda *args, **values: tables.append(write(*args, **values)) or tables[0],
    )
    said("P01", "a reminder")
    rebuild_index()
    answer = client_for(alice).get(url("search/export.csv"))
    [table] = tables
    assert table._rolled
    assert not table.closed
    answer.close()
    assert table.closed
