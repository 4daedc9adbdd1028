"""A local HTTP server that answers as Meilisearch's documentation says, and remembers requests."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Any]
WHEN = "2026-11-01T10:00:00.000000Z"


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: Any
    headers: dict[str, str]


@dataclass
class RecordingServer:
    """`answers` holds for "METHOD path" what to say; writes without one are tasks that succeed.

    A task is reported as processing once before it is done. `failures` are errors of the next
    tasks, None for one that succeeds; an error with the code "canceled" is a task that somebody
    cancelled. While `is_hanging` is set, no request is answered.
    """

    requests: list[Request] = field(default_factory=list)
    answers: dict[str, Answer | Callable[[Any], Answer]] = field(default_factory=dict)
    failures: list[dict[str, str] | None] = field(default_factory=list)
    url: str = ""
    is_hanging: bool = False
    _port: int = 0
    _tasks: list[dict[str, Any]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> "RecordingServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """At the address it had before, if it was stopped."""
        self._is_over = threading.Event()
        self._http = _Server(("127.0.0.1", self._port), _handler(self))
        self._port = self._http.server_port
        self.url = f"http://127.0.0.1:{self._port}"
        serve = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        serve.start()

    def stop(self) -> None:
        """From now on connections are refused."""
        self._is_over.set()
        self._http.shutdown()
        self._http.server_close()

    def hang(self) -> None:
        """Keep the client waiting until it gives up, or the server is stopped."""
        self._is_over.wait(30)

    def calls(self) -> list[str]:
        """What was asked, without the waiting for tasks."""
        return [
            f"{request.method} {request.path}"
            for request in self.requests
            if not request.path.startswith("/tasks/")
        ]

    def bodies(self, call: str) -> list[Any]:
        return [each.body for each in self.requests if f"{each.method} {each.path}" == call]

    def respond(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            answer = self.answers.get(f"{request.method} {request.path}")
            if answer is not None:
                return answer(request.body) if callable(answer) else answer
            if request.path.startswith("/tasks/"):
                return 200, self._report(int(request.path.removeprefix("/tasks/")))
            return self.enqueue()

    def enqueue(self) -> Answer:
        """A task that was accepted."""
        task = {"uid": len(self._tasks), "indexUid": None, "status": "enqueued", "type": "any",
                "enqueuedAt": WHEN}  # fmt: skip
        self._tasks.append(task)
        return 202, {**task, "taskUid": task["uid"]}

    def _report(self, uid: int) -> dict[str, Any]:
        task = self._tasks[uid]
        if task["status"] == "enqueued":
            task["status"] = "processing"
        elif task["status"] == "processing":
            error = task["error"] = self.failures.pop(0) if self.failures else None
            task["status"] = "failed" if error else "succeeded"
            if error and error["code"] == "canceled":
                task |= {"status": "canceled", "error": None}
        return task


class _Server(ThreadingHTTPServer):
    allow_reuse_address = True
    daemon_threads = True


def _handler(server: RecordingServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            if server.is_hanging:
                server.hang()
                return
            length = int(self.headers.get("Content-Length", 0))
            raw = self.rfile.read(length)
            # As the real server: a body that is not declared as JSON is refused where it is read.
            is_json = self.headers.get("Content-Type") == "application/json"
            if raw and self.command != "DELETE" and not is_json:
                status, body = 415, {"message": "not JSON", "code": "invalid_content_type"}
            else:
                parsed = json.loads(raw) if raw else None
                request = Request(self.command, self.path, parsed, dict(self.headers))
                status, body = server.respond(request)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer

        def log_message(self, *_: object) -> None:
            """Keeps the test output clean."""

    return Handler
