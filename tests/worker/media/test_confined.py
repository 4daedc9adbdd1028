"""The walls hold: memory, time, file size, processes, network; and the worker is told why."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.worker.media.recordings import noise, write_recording
from worker.media import (
    Limits,
    MediaCrashError,
    MediaError,
    MediaLimitError,
    MediaStorageError,
    NoAudioError,
    decode_speech,
    prepare_media,
    supervise,
)

MEBIBYTE = 1 << 20


def ignore_progress(done_ms: int, total_ms: int) -> None:
    pass


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_recording(
        tmp_path / "a.wav", codec="pcm_s16le", container="wav", rate_hz=16_000, seconds=30
    )


def behind_walls(attempt: str, **limits: int) -> str:
    """What python code prints after it was confined."""
    code = (
        "import os, socket\n"
        "from worker.media.confinement import confine\n"
        "from worker.media.facts import Limits\n"
        f"confine(Limits(**{limits!r}))\n"
        f"try:\n    {attempt}\n    print('done')\n"
        "except BaseException as error:\n    print(type(error).__name__)\n"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code],
        env=supervise._environment("/tmp"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return finished.stdout.strip() or f"ended by {-finished.returncode}\n{finished.stderr}"


def test_memory_is_bounded() -> None:
    assert behind_walls("bytearray(3 << 30)") == "MemoryError"
    assert behind_walls("bytearray(100 << 20)") == "done"
    assert behind_walls("bytearray(100 << 20)", memory_bytes=80 * MEBIBYTE) == "MemoryError"


def test_files_are_bounded(tmp_path: Path) -> None:
    attempt = f"open({str(tmp_path / 'big')!r}, 'wb').write(bytes(2 << 20))"
    assert behind_walls(attempt) == "done"
    assert behind_walls(attempt, output_bytes=MEBIBYTE) == "OSError"


def test_processor_time_is_bounded() -> None:
    assert behind_walls("while True: pass", cpu_seconds=1).startswith("ended by 24")


def test_no_process_can_be_started() -> None:
    """Root is above this limit, so root becomes the user "nobody" for the attempt."""
    attempt = "os.getuid() or os.setuid(65534); os.fork() or os._exit(0)"
    assert behind_walls(attempt) == "BlockingIOError"


def test_the_network_is_out_of_reach() -> None:
    may_leave = any(
        subprocess.run(["unshare", option, "true"], check=False, capture_output=True).returncode
        == 0
        for option in ("-n", "-rn")
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        attempt = f"socket.create_connection({server.getsockname()!r}, timeout=5)"
        assert (behind_walls(attempt) != "done") is may_leave


def test_the_worker_s_secrets_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    assert "SECRET_KEY" not in supervise._environment("/tmp")
    assert "canary" not in str(supervise._environment("/tmp"))


def test_a_recording_that_is_too_long_is_stopped(recording: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaLimitError, match="longer or larger"):
        prepare_media(
            recording,
            tmp_path / "out",
            limits=Limits(duration_seconds=20),
            on_progress=ignore_progress,
        )
    assert not list((tmp_path / "out").iterdir())


def test_speech_larger_than_allowed_is_stopped(recording: Path, tmp_path: Path) -> None:
    target = tmp_path / "speech" / "a.pcm"
    with pytest.raises(MediaLimitError):
        decode_speech(
            recording, target, limits=Limits(output_bytes=100_000), on_progress=ignore_progress
        )
    assert not list(target.parent.iterdir())


def test_a_playback_file_larger_than_allowed_is_stopped(tmp_path: Path) -> None:
    path = write_recording(
        tmp_path / "a.wav",
        codec="pcm_s16le",
        container="wav",
        rate_hz=16_000,
        samples=noise(30, 16_000),
    )
    with pytest.raises(MediaLimitError):
        prepare_media(
            path,
            tmp_path / "out",
            limits=Limits(output_bytes=50_000),
            on_progress=ignore_progress,
        )


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        ("MemoryError()", MediaLimitError),
        ("av.error.MemoryError(12, 'no memory')", MediaLimitError),
        ("OSError(errno.EFBIG, 'too big')", MediaLimitError),
        ("OSError(errno.ENOSPC, 'disk full')", MediaStorageError),
        ("OSError(errno.EIO, 'disk broken')", MediaCrashError),
        ("RefusedMediaError('no_audio', 'silent film')", NoAudioError),
    ],
)
def test_a_failure_inside_is_named_outside(
    recording: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: str,
    expected: type[MediaError],
) -> None:
    program = (
        "import errno, sys, av\n"
        "from worker.media import child\n"
        "from worker.media.opening import RefusedMediaError\n"
        f"def fail(*arguments):\n    raise {failure}\n"
        "child._TASKS['decode'] = fail\n"
        "child.main(sys.argv[1:])"
    )
    monkeypatch.setattr(supervise, "CHILD_COMMAND", (sys.executable, "-c", program))
    with pytest.raises(expected):
        decode_speech(recording, tmp_path / "a.pcm", limits=Limits(), on_progress=ignore_progress)


def test_a_process_that_hangs_is_ended(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper = (sys.executable, "-c", "import time; time.sleep(600)")
    monkeypatch.setattr(supervise, "CHILD_COMMAND", sleeper)
    seen: list[subprocess.Popen[bytes]] = []
    start = supervise._start
    monkeypatch.setattr(supervise, "_start", lambda *a, **k: seen.append(start(*a, **k)) or seen[0])
    with pytest.raises(MediaLimitError, match="took longer"):
        decode_speech(
            recording,
            tmp_path / "a.pcm",
            limits=Limits(wall_seconds=1),
            on_progress=ignore_progress,
        )
    assert seen[0].returncode == -9


@pytest.mark.parametrize(
    ("program", "detail"),
    [
        ("import os, sys; sys.stderr.write('broken heap'); sys.stderr.flush(); os.abort()", "heap"),
        ("raise ValueError('unforeseen')", "unforeseen"),
        ("print('no json')", "no JSON"),
        ("print('[1, 2]')", "exit status 0"),
        ("print('x' * 200000)", "endless line"),
        ('print(\'{"done": {"samples": "many"}}\')', "many"),
    ],
)
def test_a_crash_is_told_to_the_log_and_not_to_people(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, detail: str
) -> None:
    monkeypatch.setattr(supervise, "CHILD_COMMAND", (sys.executable, "-c", program))
    with pytest.raises(MediaCrashError) as caught:
        decode_speech(recording, tmp_path / "a.pcm", limits=Limits(), on_progress=ignore_progress)
    assert detail in caught.value.detail
    assert detail not in str(caught.value)


def test_progress_is_told_and_may_stop_the_work(tmp_path: Path) -> None:
    path = write_recording(
        tmp_path / "a.flac", codec="flac", container="flac", samples=noise(120, 48_000)
    )
    told: list[tuple[int, int]] = []

    class LeaseLostError(Exception):
        pass

    def stop_at_second_report(done_ms: int, total_ms: int) -> None:
        told.append((done_ms, total_ms))
        if len(told) == 2:
            raise LeaseLostError

    with pytest.raises(LeaseLostError):
        prepare_media(path, tmp_path / "out", limits=Limits(), on_progress=stop_at_second_report)
    assert 0 <= told[0][0] < told[1][0] <= 120_000
    assert told[0][1] == told[1][1] == 120_000
    assert not list((tmp_path / "out").iterdir())


def test_a_long_recording_needs_no_more_memory(tmp_path: Path) -> None:
    """40 minutes are 300 MiB of samples; the interpreter itself takes most of this limit."""
    path = write_recording(
        tmp_path / "silence.flac",
        codec="flac",
        container="flac",
        rate_hz=8_000,
        samples=np.zeros(40 * 60 * 8_000, dtype=np.int16),
    )
    prepared = prepare_media(
        path,
        tmp_path / "out",
        limits=Limits(memory_bytes=320 * MEBIBYTE),
        on_progress=ignore_progress,
    )
    assert prepared.facts.duration_ms == 40 * 60 * 1000


def test_what_a_killed_worker_left_is_removed_in_time(recording: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for name, age_seconds in (("old", 3_600), ("young", 0)):
        left = folder / f".preparing-{name}"
        left.mkdir(parents=True)
        (left / "playback.m4a").touch()
        os.utime(left, (time.time() - age_seconds,) * 2)
    prepare_media(recording, folder, limits=Limits(wall_seconds=600), on_progress=ignore_progress)
    assert sorted(path.name for path in folder.iterdir()) == [
        ".preparing-young",
        "peaks.json",
        "playback.wav",
    ]
