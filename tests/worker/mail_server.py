"""A mail server of this machine: takes mails by SMTP and keeps them, or refuses them."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class _Conversation(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self._say("220 mail.test")
        while line := self.rfile.readline():
            command = line.decode().strip().upper()
            if command.startswith("RCPT") and self.server.refusal:
                self._say(self.server.refusal)
            elif command == "DATA":
                self._say("354 Go on")
                self.server.keep(self._read_mail())
                self._say("250 Taken")
            elif command == "QUIT":
                self._say("221 Bye")
                return
            else:
                self._say("250 Well")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _read_mail(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)


class MailServer(socketserver.ThreadingTCPServer):
    """Use as a context; `refusal` is what it says to every recipient, if anything."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[EmailMessage] = []
        self.sent: list[bytes] = []
        self.refusal = ""
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)

    def keep(self, content: bytes) -> None:
        self.sent.append(content)
        self.mails.append(message_from_bytes(content, policy=policy.default))

    def __enter__(self) -> "MailServer":
        self._thread.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.shutdown()
        self._thread.join()
        super().__exit__(*error)
