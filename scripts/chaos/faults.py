"""Everything that goes wrong with machines, done on purpose and at random."""

import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import redis
from django.conf import settings

from backend.jobs.models import JobKind, Part
from backend.jobs.services import RECOGNISE_PART
from backend.jobs.services.doorbell import ring
from scripts.chaos.crew import Crew, Member
from scripts.chaos.field import Claim, Field
from scripts.chaos.notes import Notebook
from tests.servers import Server

# How often each kind is chosen. Those that stand in no round are left out there.
WEIGHTS = {
    "worker killed": 34,
    "worker stopped past its lease": 10,
    "worker asked to stop": 5,
    "message delivered again": 26,
    "messages lost": 12,
    "scratch files lost": 4,
    "broker restarted empty": 3,
    "database restarted": 4,
    "database locked": 4,
}
_AIM_AT_PARTS = 0.6
_AIM_AT_WORK = 0.8
_LOOK_SECONDS = 0.2
_LONGEST_SLEEP_LEASES = 6


class Sleep(NamedTuple):
    """A stopped worker: what it held, and when it goes on."""

    claim: Claim | None
    earliest: float
    latest: float


class Faults:
    """Injects one fault at a time; `count` says how many of each kind there were."""

    def __init__(
        self,
        *,
        crew: Crew,
        field: Field,
        dice: random.Random,
        database: Server | None = None,
        broker: Server | None = None,
    ) -> None:
        self.count: Counter[str] = Counter()
        self._crew, self._field, self._dice = crew, field, dice
        self._database, self._broker = database, broker
        self._notebook = Notebook(crew.notes)
        self._asleep: dict[int, Sleep] = {}
        self._look_at = 0.0
        self._kinds: dict[str, Callable[[], bool]] = {
            "worker killed": self._kill,
            "worker stopped past its lease": self._stop,
            "worker asked to stop": self._ask_to_stop,
            "message delivered again": self._ring_again,
            "messages lost": self._lose_messages,
            "scratch files lost": self._lose_scratch,
        }
        if broker:
            self._kinds["broker restarted empty"] = self._restart_broker
        self._kinds |= (
            {"database restarted": self._restart_database}
            if database
            else {"database locked": self._lock_database}
        )

    def inject(self, *kinds: str) -> str:
        """One fault of one of these kinds (any, if none is named). Returns its kind, or nothing."""
        names = [name for name in self._kinds if not kinds or name in kinds]
        (name,) = self._dice.choices(names, [WEIGHTS[name] for name in names])
        if not self._kinds[name]():
            return ""
        self.count[name] += 1
        return name

    def wake(self, *, everybody: bool = False) -> None:
        """Let those go on whose work has been taken over, or who have slept for long."""
        now = time.monotonic()
        if now < self._look_at and not everybody:
            return
        self._look_at = now + _LOOK_SECONDS
        for pid, sleep in list(self._asleep.items()):
            is_replaced = sleep.claim is None or self._field.is_taken_over(sleep.claim)
            if everybody or now > sleep.latest or (now > sleep.earliest and is_replaced):
                del self._asleep[pid]
                self._crew.signal(pid, signal.SIGCONT)
                self._notebook.write(event="continued", victim=pid)

    def _victim(self) -> tuple[Member | None, Claim | None]:
        """Mostly one that holds work, and rather a part: little is lost with the idle."""
        awake = [member for member in self._crew.members if member.pid not in self._asleep]
        if not awake:
            return None, None
        held = self._field.holders()
        aim = self._dice.random()
        wanted = [pid for pid, claim in held.items() if claim.model is Part or aim > _AIM_AT_PARTS]
        busy = [member for member in awake if member.pid in wanted]
        victim = self._dice.choice(busy if busy and aim < _AIM_AT_WORK else awake)
        return victim, held.get(victim.pid)

    def _kill(self) -> bool:
        victim, _ = self._victim()
        if victim is None:
            return False
        self._crew.signal(victim.pid, signal.SIGKILL)
        self._notebook.write(event="killed", victim=victim.pid)
        self._crew.start(victim)
        return True

    def _stop(self) -> bool:
        victim, claim = self._victim()
        # One has to be left who takes over.
        if victim is None or len(self._asleep) + 1 >= len(self._crew.members):
            return False
        self._crew.signal(victim.pid, signal.SIGSTOP)
        self._notebook.write(event="stopped", victim=victim.pid)
        # Half of them come back while the other one is at it, half when that is over.
        leases = self._dice.choice([1.0, self._dice.uniform(1.5, 2.5)])
        now, lease_seconds = time.monotonic(), settings.JOB_LEASE_SECONDS
        self._asleep[victim.pid] = Sleep(
            claim, now + leases * lease_seconds, now + _LONGEST_SLEEP_LEASES * lease_seconds
        )
        return True

    def _ask_to_stop(self) -> bool:
        victim, _ = self._victim()
        if victim is None:
            return False
        self._crew.signal(victim.pid, signal.SIGTERM)
        return True

    def _ring_again(self) -> bool:
        """As a broker does that delivers at least once: any message, to anybody, at any time."""
        jobs = self._field.active_jobs()
        if not jobs:
            return False
        job_id, kind = self._dice.choice(jobs)
        kinds = [RECOGNISE_PART, kind] if kind == JobKind.TRANSCRIBE else [kind]
        for _ in range(self._dice.randint(1, 3)):
            ring(kind=self._dice.choice(kinds), job_id=job_id)
        return True

    def _lose_messages(self) -> bool:
        if self._broker:
            redis.Redis.from_url(self._broker.url).flushall()
            return True
        for message in Path(settings.BROKER_DIR).glob("*.msg"):
            message.unlink(missing_ok=True)
        return True

    def _lose_scratch(self) -> bool:
        folder = settings.DATA_DIR / "scratch"
        if not folder.is_dir():
            return False
        for path in folder.glob("*.pcm"):  # what is being written is left alone
            path.unlink(missing_ok=True)
        return True

    def _restart_broker(self) -> bool:
        assert self._broker is not None
        self._broker.restart(signal.SIGKILL)
        return True

    def _restart_database(self) -> bool:
        """At once, with all connections cut and nothing written down but the log; or in order."""
        assert self._database is not None
        self._database.restart(self._dice.choice([signal.SIGQUIT, signal.SIGINT]))
        return True

    def _lock_database(self) -> bool:
        """Somebody else (a backup, say) writes for longer than a heartbeat, or than a lease."""
        seconds = settings.JOB_LEASE_SECONDS * self._dice.uniform(0.3, 1.3)
        threading.Thread(target=_hold_database, args=[seconds], daemon=True).start()
        return True


def _hold_database(seconds: float) -> None:
    connection = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20)
    try:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        connection.rollback()
    finally:
        connection.close()
