"""Start Earshot on this machine: database, sample study, web and workers, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
DATA_DIR = Path(os.environ.get("EARSHOT_DATA_DIR") or ROOT / "var")
PORT = int(os.environ.get("PORT", "8000"))
ADDRESS = f"http://127.0.0.1:{PORT}"
# Never a proxy's business: these are calls to this very machine.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
# All of them share a long recording. Half the cores, so that the page stays quick meanwhile.
SPEECH_WORKERS = int(
    os.environ.get("EARSHOT_SPEECH_WORKERS") or max(1, min(4, (os.cpu_count() or 1) // 2))
)

CELERY = [
    sys.executable,
    "-m",
    "celery",
    "-A",
    "worker.app",
    "worker",
    "--pool",
    "solo",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
    "--loglevel",
    "WARNING",
]
PROCESSES = {
    "web": [
        sys.executable,
        "-m",
        "uvicorn",
        "backend.config.asgi:application",
        "--host",
        "127.0.0.1",
        "--port",
        str(PORT),
        "--log-level",
        "warning",
        "--timeout-graceful-shutdown",
        "3",
    ],
    "index worker": [*CELERY, "--queues", "index", "--hostname", "index@%h"],
    **{
        f"speech worker {number}": [
            *CELERY,
            *("--queues", "media,speech", "--hostname", f"speech-{number}@%h"),
        ]
        for number in range(1, SPEECH_WORKERS + 1)
    },
}


def main() -> int:
    if is_port_taken():
        print(
            f"Something else is using port {PORT}. Stop it, or: make run PORT={PORT + 1}",
            file=sys.stderr,
        )
        return 1
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    manage("migrate", "--verbosity", "0")
    manage("load_sample", "--if-empty")
    # Each in a session of its own, so that Ctrl-C reaches this process alone, which then stops
    # all of them in order.
    running = {name: start(name, command) for name, command in PROCESSES.items()}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        wait_until_answering(running)
        say_hello()
        return watch(running)
    except (KeyboardInterrupt, SystemExit):
        print("\nStopping …", flush=True)
        return 0
    finally:
        stop(running)


def is_port_taken() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            return True
    return False


def manage(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"Earshot could not start: “manage.py {arguments[0]}” failed, see above.")


def start(name: str, command: list[str]) -> subprocess.Popen[bytes]:
    log = (DATA_DIR / f"{name.replace(' ', '-')}.log").open("ab")
    return subprocess.Popen(
        command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
    )


def wait_until_answering(running: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if running["web"].poll() is not None:
            sys.exit(f"The web process stopped. Its log: {DATA_DIR / 'web.log'}")
        try:
            with urlopen(f"{ADDRESS}/api/auth/session", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    sys.exit(f"The web process does not answer. Its log: {DATA_DIR / 'web.log'}")


def say_hello() -> None:
    print(
        f"""
Earshot runs at {ADDRESS}

  Sign in as a researcher:       researcher@sample.earshot
  or as a product manager:       product@sample.earshot
  both with the password:        earshot-sample

Everything it keeps is in {DATA_DIR}. Ctrl-C stops it.
""",
        flush=True,
    )


def watch(running: dict[str, subprocess.Popen[bytes]]) -> int:
    """Start a worker again if it dies; stop everything if the web process does."""
    while True:
        time.sleep(1)
        for name, process in running.items():
            if process.poll() is None:
                continue
            log = DATA_DIR / f"{name.replace(' ', '-')}.log"
            if name == "web":
                print(f"The web process stopped. Its log: {log}", file=sys.stderr)
                return 1
            print(f"The {name} stopped and is started again. Its log: {log}", flush=True)
            running[name] = start(name, PROCESSES[name])


def stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + 10
    for process in running.values():
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            # A lease and a fence make this safe: the job goes on at the next start.
            signal_group(process, signal.SIGKILL)
            process.wait()


def signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    sys.exit(main())
