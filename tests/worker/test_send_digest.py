"""A weekly digest goes out by mail: once, without a quote, and again where it failed."""

import threading
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import environ
import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from backend.accounts.models import User
from backend.discovery.digests.due import WEEK, enqueue_due_digests, last_due
from backend.discovery.digests.mail import CLAIMED_FOR, TRIED_FOR, claim_mail, put_off_mail
from backend.discovery.digests.writing import write_due_digest
from backend.discovery.models import Digest, DigestChoice
from backend.discovery.services import rebuild_index
from backend.jobs.models import Job, JobKind, JobState
from backend.tagging.models import Excerpt
from backend.workspaces.models import Membership
from backend.workspaces.roles import Role
from tests.worker.mail_server import MailServer
from worker import sweeper
from worker.ledger import run_job
from worker.pipelines.send_digest import run_send_digest

pytestmark = pytest.mark.django_db(transaction=True)

DUE = last_due(timezone.now(), ZoneInfo("UTC")).moment


@pytest.fixture
def server(settings):
    with MailServer() as server:
        for name, value in environ.Env.email_url_config(server.url).items():
            setattr(settings, name, value)
        settings.HAS_MAIL = True
        settings.PUBLIC_URL = "https://earshot.example.org"
        settings.DEFAULT_FROM_EMAIL = "Earshot <earshot@example.org>"
        yield server


@pytest.fixture
def bob(workspace):
    user = User.objects.create_user(email="bob@example.org", name="Bob", password=None)
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    return user


@pytest.fixture
def news(make, bob):
    """Something new in a search that is in Bob's digest."""
    row = make.saved_search("Late <b>reminders", bob, q="reminder")
    row.in_digest_since = DUE - 10 * WEEK
    row.save()
    for label in ("P01", "P02"):
        excerpt = make.excerpt(make.transcript(turns=[(label, "a secret reminder")]))
        Excerpt.objects.update_or_create(
            id=excerpt.id, defaults={"created_at": DUE - timedelta(days=1)}
        )
    rebuild_index()


@pytest.fixture
def send(workspace, bob):
    def run() -> Job:
        target = Membership.objects.get(user=bob).id
        job = Job.objects.create(workspace=workspace, kind=JobKind.SEND_DIGEST, target_id=target)
        run_job(str(job.id), run_send_digest)
        job.refresh_from_db()
        return job

    return run


def test_the_mail_says_how_much_is_new_and_where_and_holds_no_quote(server, news, send, bob):
    assert send().state == JobState.SUCCEEDED
    (mail,) = server.mails
    digest = Digest.objects.get()
    assert digest.mailed_at is not None
    assert (mail["To"], mail["From"]) == ("bob@example.org", "Earshot <earshot@example.org>")
    assert mail["Subject"] == "New this week in Acme"
    plain = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    address = f"https://earshot.example.org/w/{digest.workspace_id}/digests/{digest.id}"
    assert "Late <b>reminders: 2 new excerpts from 2 of 2 people" in plain
    assert "Late &lt;b&gt;reminders</strong>: 2 new excerpts from 2 of 2 people" in html
    for body in (plain, html):
        assert address in body
        assert "secret" not in body
        assert "Garbo" not in body


def test_one_click_in_the_mail_stops_such_mails_and_nothing_else(server, news, send, bob):
    send()
    (mail,) = server.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = urlsplit(mail["List-Unsubscribe"].strip(" <>"))
    # As it is on the wire: mail programs take no encoded address.
    assert f"<{stop.geturl()}>".encode() in server.sent[0]
    path = f"{stop.path}?{stop.query}"
    anyone = APIClient(enforce_csrf_checks=True)
    assert anyone.get(path).status_code == 405
    assert not DigestChoice.objects.filter(is_mailed=False).exists()

    # As programs that read mail send it.
    said = anyone.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert (said.status_code, said.json()) == (200, {"is_mailed": False})
    Digest.objects.all().delete()
    assert send().state == JobState.SUCCEEDED
    assert Digest.objects.get().has_news
    assert len(server.mails) == 1

    assert f"/digest-mails/stop?{stop.query}" in mail.get_body(("plain",)).get_content()
    (token,) = parse_qs(stop.query)["token"]
    for wrong in ("", token[:-1], token.swapcase(), "a:b:c"):
        assert anyone.post(f"{stop.path}?token={wrong}").status_code == 404
    assert anyone.post(f"{path}&resume=true").json() == {"is_mailed": True}


def test_a_link_of_somebody_who_left_tells_nothing(server, news, send, bob):
    send()
    stop = urlsplit(server.mails[0]["List-Unsubscribe"].strip(" <>"))
    Membership.objects.all().delete()
    said = APIClient().post(f"{stop.path}?{stop.query}")
    assert (said.status_code, said.json()) == (200, {"is_mailed": False})
    assert not DigestChoice.objects.exists()


def test_two_workers_send_one_mail(server, news, send, bob, workspace):
    target = Membership.objects.get().id
    first = Job.objects.create(workspace=workspace, kind=JobKind.SEND_DIGEST, target_id=target)
    Job.objects.filter(id=first.id).update(
        state=JobState.RUNNING, lease_until=timezone.now() - timedelta(minutes=5)
    )
    second = Job.objects.create(workspace=workspace, kind=JobKind.SEND_DIGEST, target_id=target)
    start = threading.Barrier(2)

    def work(job: Job) -> None:
        start.wait()
        run_job(str(job.id), run_send_digest)
        connection.close()

    workers = [threading.Thread(target=work, args=(job,)) for job in (first, second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Digest.objects.count() == 1
    assert Digest.objects.get().searches.count() == 1
    assert len(server.mails) == 1


def test_a_mail_that_failed_is_told_and_sent_later(server, news, send, bob, workspace):
    server.refusal = "450 Come back later"
    failed = send()
    assert failed.state == JobState.FAILED
    assert failed.error_message == "The mail server does not take mail for this address."
    client = APIClient()
    client.force_login(bob)
    path = f"/api/workspaces/{workspace.id}/digest-settings"
    faults = client.get(path).json()["mail_faults"]
    assert (faults["count"], faults["message"]) == (1, failed.error_message)

    server.refusal = ""
    later = timezone.now() + timedelta(hours=1)
    assert enqueue_due_digests(timezone.now()) == 0
    assert enqueue_due_digests(later) == 1
    Digest.objects.update(mail_due_at=timezone.now())
    run_job(str(Job.objects.get(state=JobState.QUEUED).id), run_send_digest)

    assert len(server.mails) == 1
    assert client.get(path).json()["mail_faults"] is None
    assert enqueue_due_digests(later) == 0
    assert Job.objects.count() == 1, "older jobs of the same reader are forgotten"


def test_a_mail_of_the_week_before_is_sent_with_the_next(server, news, send, bob):
    late = write_due_digest(membership_id=Membership.objects.get().id)
    Digest.objects.update(week=late.week - WEEK, until=late.since, since=late.since - WEEK)
    assert send().state == JobState.SUCCEEDED
    assert Digest.objects.filter(mailed_at__isnull=False).count() == 2
    assert len({mail["Message-ID"] for mail in server.mails}) == 2


def test_it_is_tried_less_and_less_often_and_not_for_ever(server, news, send, settings):
    settings.EMAIL_PORT = 1
    assert send().error_message == "The mail server could not be reached."
    digest = Digest.objects.get()
    assert digest.mail_tries == 1
    now, waits = digest.created_at, []
    while True:
        put_off_mail(digest, OSError(), now=now)
        digest.refresh_from_db()
        if digest.mail_due_at is None:
            break
        waits.append(digest.mail_due_at - now)
        now = digest.mail_due_at
    assert waits == sorted(waits)
    assert now < digest.created_at + TRIED_FOR
    assert 20 < len(waits) < 40
    assert digest.mail_error


def test_whoever_dies_while_sending_leaves_it_to_others_after_a_while(server, news, send, bob):
    digest = write_due_digest(membership_id=Membership.objects.get().id)
    now = timezone.now()
    assert claim_mail(digest, now=now)
    assert not claim_mail(digest, now=now)
    assert send().state == JobState.SUCCEEDED
    assert server.mails == []
    assert enqueue_due_digests(now + CLAIMED_FOR) == 1
    assert claim_mail(digest, now=now + CLAIMED_FOR)


def test_without_a_mail_server_or_an_address_it_stands_on_the_page_alone(
    server, news, send, bob, settings
):
    settings.HAS_MAIL = False
    assert send().state == JobState.SUCCEEDED
    digest = Digest.objects.get()
    assert (digest.has_news, digest.mail_due_at) == (True, None)

    settings.HAS_MAIL = True
    for change in ({"is_sample": True}, {"is_active": False}):
        digest.delete()
        User.objects.filter(id=bob.id).update(is_sample=False, is_active=True)
        User.objects.filter(id=bob.id).update(**change)
        assert send().state == JobState.SUCCEEDED
        digest = Digest.objects.first() or digest
        assert digest.mail_due_at is None
    assert server.mails == []


def test_who_left_between_writing_and_sending_gets_none(server, news, bob, workspace):
    target = Membership.objects.get().id
    digest = write_due_digest(membership_id=target)
    Membership.objects.all().delete()
    job = Job.objects.create(workspace=workspace, kind=JobKind.SEND_DIGEST, target_id=target)
    run_job(str(job.id), run_send_digest)
    assert server.mails == []
    assert enqueue_due_digests(timezone.now()) == 0
    assert digest.mail_due_at is not None


def test_nothing_new_is_no_mail(server, news, send):
    Excerpt.objects.update(created_at=DUE - 2 * WEEK)
    rebuild_index()
    assert send().state == JobState.SUCCEEDED
    assert server.mails == []


def test_a_name_can_t_add_headers(server, news, send, workspace):
    workspace.name = "Acme\r\nBcc: eve@example.org"
    workspace.save()
    assert send().state == JobState.SUCCEEDED
    (mail,) = server.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "New this week in Acme Bcc: eve@example.org"


def test_a_sweep_rings_for_it_about_once_a_minute(server, news, bob, monkeypatch):
    monkeypatch.setattr(sweeper, "_digests_due_at", float("-inf"))
    sweeper.ring_for_due_digests()
    assert Job.objects.get().kind == JobKind.SEND_DIGEST
    Job.objects.all().delete()
    sweeper.ring_for_due_digests()
    assert not Job.objects.exists()
