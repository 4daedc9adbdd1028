"""Messages as files: each is delivered once, whole, in order, and to its own queue."""

import json
import threading
from collections import Counter

import pytest
from kombu import Connection

TRANSPORT = "backend.config.doorbell:Transport"


@pytest.fixture
def connect(tmp_path):
    folder = tmp_path / "broker"
    folder.mkdir()
    connections = []

    def make_connection():
        options = {"data_folder_in": str(folder), "data_folder_out": str(folder)}
        connection = Connection(
            "filesystem://localhost", transport=TRANSPORT, transport_options=options
        )
        connections.append(connection)
        return connection

    yield make_connection
    for connection in connections:
        connection.release()


def take_all(connection, name):
    with connection.SimpleQueue(name) as queue:
        taken = []
        while True:
            try:
                message = queue.get(block=False)
            except queue.Empty:
                return taken
            taken.append(message.payload)
            message.ack()


def test_messages_arrive_in_order_at_their_own_queue(connect):
    for number in range(20):
        with connect().SimpleQueue("speech" if number % 2 else "index") as queue:
            queue.put({"number": number})

    assert take_all(connect(), "index") == [{"number": n} for n in range(0, 20, 2)]
    assert take_all(connect(), "speech") == [{"number": n} for n in range(1, 20, 2)]
    assert take_all(connect(), "speech") == []


def test_nothing_is_left_in_the_folder(connect, tmp_path):
    with connect().SimpleQueue("index") as queue:
        queue.put({"a": 1})
    take_all(connect(), "index")

    assert list((tmp_path / "broker").iterdir()) == []


def test_a_message_that_is_still_being_written_is_not_taken(connect, tmp_path):
    with connect().SimpleQueue("index") as queue:
        queue.put({"a": 1})
    (whole,) = (tmp_path / "broker").iterdir()
    text = whole.read_text()
    whole.unlink()
    half = whole.with_name(f"{whole.name}.unfinished")
    half.write_text(text[: len(text) // 2])

    assert take_all(connect(), "index") == []
    json.loads(text)
    half.write_text(text)
    half.rename(whole)
    assert take_all(connect(), "index") == [{"a": 1}]


def test_several_consumers_take_each_message_once(connect):
    with connect().SimpleQueue("speech") as queue:
        for number in range(200):
            queue.put(number)
    taken = []
    connections = [connect() for _ in range(4)]
    threads = [
        threading.Thread(target=lambda c=c: taken.extend(take_all(c, "speech")))
        for c in connections
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(taken) == Counter(range(200))
