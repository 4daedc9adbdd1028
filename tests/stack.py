"""A whole Earshot of its own for a test: web and worker processes, a database, an empty folder."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import requests

ROOT = Path(__file__).resolve().parents[1]
CHECKPOINT = ROOT / "tests" / "data" / "whisper-sample.pt"
OWNER_EMAIL = "olga@example.org"
OWNER_PASSWORD = "a long enough password"
WORKSPACE_NAME = "Acme"

PR_SET_PDEATHSIG = 1
QUEUES = {"speech": "media,speech", "index": "index"}
# What a developer's shell may hold must not choose what a test runs on.
CHOOSING = (
    "DATABASE_URL",
    "REDIS_URL",
    "MEILI_URL",
    "MEILI_API_KEY",
    "EARSHOT_SERVED",
    "EARSHOT_MODELS_DIR",
    "SECRET_KEY",
)

Answer = TypeVar("Answer")


def wait_for(
    question: Callable[[], Answer], *, seconds: float = 60, what: str = "something"
) -> Answer:
    """Ask until the answer is truthy, and return it. Fails the test after the deadline."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"Waited {seconds:g} s in vain for {what}.")


def free_port() -> int:
    """A port of this machine that nothing used a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Client(requests.Session):
    """An HTTP client of the API, with cookies and the CSRF header as the page has them."""

    def __init__(self, base_url: str, read_log: Callable[[], str] = str) -> None:
        super().__init__()
        self.read_log = read_log
        self.trust_env = False
        self.base_url = base_url
        self.workspace_id = ""

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        """Addresses starting with "/" are absolute; others are below the workspace."""
        if not url.startswith("http"):
            path = url if url.startswith("/") else f"/api/workspaces/{self.workspace_id}/{url}"
            url = f"{self.base_url}{path}"
        self.headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        options.setdefault("timeout", 60)
        answer = super().request(method, url, *args, **options)
        if answer.status_code >= 500:
            print(f"{method} {url}: {answer.status_code}\n{self.read_log()[-5000:]}")  # noqa: T201
        return answer

    def sign_in(self, email: str, password: str) -> None:
        """Sign in, and use the first workspace from then on."""
        self.get("/api/auth/session").raise_for_status()
        answer = self.post("/api/auth/sign-in", json={"email": email, "password": password})
        answer.raise_for_status()
        self.workspace_id = answer.json()["workspaces"][0]["id"]

    def upload(self, session_id: str, name: str, content: bytes) -> str:
        """Send a file in one go, as a tus client does; returns the upload's address."""
        headers = {"Tus-Resumable": "1.0.0"}
        created = self.post(
            f"sessions/{session_id}/uploads",
            headers={
                **headers,
                "Upload-Length": str(len(content)),
                "Upload-Metadata": f"filename {b64encode(name.encode()).decode()}",
            },
        )
        created.raise_for_status()
        address = requests.compat.urljoin(self.base_url, created.headers["Location"])
        if content:
            self.patch(
                address,
                data=content,
                headers={
                    **headers,
                    "Upload-Offset": "0",
                    "Content-Type": "application/offset+octet-stream",
                },
            ).raise_for_status()
        return address


@dataclass
class Stack:
    """The running processes. `folder` holds the data folder and a log of each process."""

    folder: Path
    env: Mapping[str, str]
    base_url: str = ""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def manage(self, *arguments: str, typed: str = "") -> str:
        """Run manage.py and return what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=dict(self.env),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def create_owner(self, email: str = OWNER_EMAIL, password: str = OWNER_PASSWORD) -> None:
        self.manage(
            "create_owner",
            *("--email", email, "--name", "Olga", "--workspace", WORKSPACE_NAME),
            typed=f"{password}\n",
        )

    def client(self, email: str = OWNER_EMAIL, password: str = OWNER_PASSWORD) -> Client:
        client = Client(self.base_url, lambda: self.log("web"))
        client.sign_in(email, password)
        return client

    def start_web(self) -> None:
        port = free_port()
        self.base_url = f"http://127.0.0.1:{port}"
        self._start(
            "web",
            ["-m", "uvicorn", "backend.config.asgi:application", "--log-level", "warning"],
            ["--host", "127.0.0.1", "--port", str(port)],
        )
        wait_for(self._is_answering, what="the web process")

    def start_worker(
        self, kind: str = "speech", *, name: str = "", app: str = "worker.app"
    ) -> None:
        """Start a worker "speech" (it prepares and transcribes) or "index", under its own name.

        `app` is the module of the Celery application, for a worker with another speech engine.
        """
        name = name or kind
        self._start(
            name,
            ["-m", "celery", "-A", app, "worker", "-P", "solo", "-Q", QUEUES[kind]],
            ["-n", f"{name}@%h", "--loglevel", "INFO"],
            ["--without-gossip", "--without-mingle", "--without-heartbeat"],
        )

    def kill_worker(self, name: str = "speech") -> None:
        """SIGKILL, with no chance to say goodbye."""
        self._end(name, signal.SIGKILL)

    def stop_worker(self, name: str = "speech", *, seconds: float = 120) -> int:
        """SIGTERM, and wait. Returns the exit status."""
        return self._end(name, signal.SIGTERM, seconds=seconds)

    def is_running(self, name: str) -> bool:
        process = self.processes.get(name)
        return process is not None and process.poll() is None

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self) -> None:
        for name in list(self.processes):
            self._end(name, signal.SIGKILL)

    def _start(self, name: str, *arguments: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *(argument for part in arguments for argument in part)],
                cwd=ROOT,
                env=dict(self.env),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def _end(self, name: str, number: int, *, seconds: float = 10) -> int:
        process = self.processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, number)
        return process.wait(timeout=seconds)

    def _is_answering(self) -> bool:
        assert self.is_running("web"), self.log("web")
        try:
            answer = Client(self.base_url).get("/api/auth/session")
        except requests.ConnectionError:
            return False
        return answer.status_code == 200


def start_stack(
    folder: Path,
    env: Mapping[str, str] | None = None,
    *,
    workers: tuple[str, ...] = ("speech", "index"),
    has_web: bool = True,
    has_sample: bool = False,
) -> Stack:
    """Migrate and start. `env` is laid over the defaults of one machine, with the small model.

    With `has_sample`, the sample study is loaded; otherwise there is one owner (OWNER_EMAIL).
    """
    folder.mkdir(parents=True, exist_ok=True)
    stack = Stack(folder, environment(folder) | dict(env or {}))
    try:
        _migrate(stack)
        if has_sample:
            stack.manage("load_sample", "--if-empty")
        else:
            stack.create_owner()
        for name in workers:
            stack.start_worker(name)
        if has_web:
            stack.start_web()
    except BaseException:
        stack.stop()
        raise
    return stack


# An empty SQLite database of this run, migrated once.
_migrated: list[bytes] = []


def _migrate(stack: Stack) -> None:
    database = Path(stack.env["EARSHOT_DATA_DIR"]) / "earshot.sqlite3"
    is_own_file = "DATABASE_URL" not in stack.env and not database.exists()
    if is_own_file and _migrated:
        database.parent.mkdir(parents=True, exist_ok=True)
        database.write_bytes(_migrated[0])
        return
    stack.manage("migrate", "--verbosity", "0")
    if is_own_file:
        _migrated.append(database.read_bytes())


@contextmanager
def running_stack(
    folder: Path, env: Mapping[str, str] | None = None, **options: Any
) -> Iterator[Stack]:
    """As start_stack; everything is stopped at the end."""
    stack = start_stack(folder, env, **options)
    try:
        yield stack
    finally:
        stack.stop()


def _die_with_parent() -> None:
    """A test run that is killed leaves no processes behind (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def environment(folder: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in CHOOSING}
    return inherited | {
        "EARSHOT_DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "CELERY_SKIP_CHECKS": "1",
        "OMP_NUM_THREADS": "1",
        "NO_PROXY": "127.0.0.1,localhost",
        "WHISPER_MODEL": str(CHECKPOINT),
        "WHISPER_MAY_DOWNLOAD": "false",
        "JOB_LEASE_SECONDS": "5",
        "JOB_SWEEP_SECONDS": "0.5",
        "SIGN_IN_RATE": "1000/min",
    }
