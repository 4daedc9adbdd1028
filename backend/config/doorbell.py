"""The doorbell of one machine: Celery messages as files, each of which appears whole or not at all.

kombu's own folder transport writes a message under its final name, so a consumer may read half of
one and fall over, and it takes messages by way of the system's temporary folder, which may lie on
another disk. Here both steps are one rename within the folder. Its table of bindings, a file that
several processes rewrite, is not needed: every queue has its own name as routing key.
"""

import os
import uuid
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """Message files are named `<time>_<random>.<queue>.msg`; other endings are in between."""

    supports_fanout = False

    def get_table(self, exchange: str) -> list[filesystem.exchange_queue_t]:
        return [filesystem.exchange_queue_t(exchange, "", exchange)]

    def _queue_bind(self, *args: Any) -> None:
        """Nothing to note down."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        path = os.path.join(self.data_folder_out, name)
        unfinished = f"{path}.unfinished"
        with open(unfinished, "w", encoding="utf-8") as file:
            file.write(dumps(payload))
        os.replace(unfinished, path)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        ending = f".{queue}.msg"
        for name in sorted(n for n in os.listdir(self.data_folder_in) if n.endswith(ending)):
            path = os.path.join(self.data_folder_in, name)
            taken = f"{path}.{os.getpid()}.taken"
            try:
                os.rename(path, taken)
            except FileNotFoundError:
                continue  # another worker was faster
            with open(taken, encoding="utf-8") as file:
                payload = file.read()
            os.remove(taken)
            return loads(payload)
        raise Empty


class Transport(filesystem.Transport):
    """kombu's folder transport with whole messages."""

    Channel = Channel
