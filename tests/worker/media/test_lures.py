"""A playlist under the name of a recording opens no other file and no connection."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.worker.media.lures import a_recording, lures, nested_list
from tests.worker.media.nursery import nursery
from tests.worker.media.watch import Watch, watching
from worker.media import Limits, MediaError, decode_speech, prepare_media

LIMITS = Limits(cpu_seconds=5, wall_seconds=10, output_bytes=1 << 24)
REFUSED = ("not_media", "truncated")
IN_THE_NETWORK = """
from worker.media import confinement
confinement._leave_network = lambda: None
"""
# The same program with its whitelists taken out, and FFmpeg's own guards with them.
UNGUARDED = (
    IN_THE_NETWORK
    + """
from worker.media import opening
opening.OPEN_OPTIONS = {
    "safe": "0", "allowed_extensions": "ALL", "extension_picky": "0", "seg_format_options": "",
    "allowed_segment_extensions": "ALL", "enable_drefs": "1", "use_absolute_path": "1",
    "protocol_whitelist": "file,http,tcp,rtp,udp,rtsp,subfile,concat,crypto",
}
opening.CONTAINERS = (*opening.CONTAINERS, "concat", "hls", "dash", "sdp", "rtsp")
"""
)


def ignore_progress(done_ms: int, total_ms: int) -> None:
    pass


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    files = {"canary": tmp_path / "canary.wav", "nested": tmp_path / "nested.m3u8"}
    files["canary"].write_bytes(a_recording())
    files["nested"].write_bytes(nested_list(files["canary"]))
    with watching(files) as watch:
        yield watch


def endings(watch: Watch, folder: Path, limits: Limits = LIMITS) -> dict[str, str]:
    """How each lure ended, by its name."""
    found = {}
    for name, content in lures(watch.files["canary"], watch.files["nested"], watch.port):
        path = folder / name
        path.write_bytes(content)
        try:
            decode_speech(path, folder / "pcm", limits=limits, on_progress=ignore_progress)
            found[name] = "read"
        except MediaError as error:
            found[name] = error.kind
        path.unlink()
        watch.look()
    return found


@pytest.mark.parametrize("prelude", ["", IN_THE_NETWORK], ids=["walls", "whitelist alone"])
def test_no_lure_leads_anywhere(watch: Watch, tmp_path: Path, prelude: str) -> None:
    with nursery(prelude):
        found = endings(watch, tmp_path)
    assert len(found) > 100
    assert not watch.opened
    assert not watch.connections
    assert {name for name, kind in found.items() if kind not in REFUSED} == set()


def test_without_the_whitelist_they_do(watch: Watch, tmp_path: Path) -> None:
    """The test above can turn red: it is the whitelist that holds."""
    with nursery(UNGUARDED):
        found = endings(watch, tmp_path, replace(LIMITS, wall_seconds=2))
    assert watch.opened == {"canary", "nested"}
    assert watch.connections > 0
    read = {name for name, kind in found.items() if kind == "read"}
    assert {"concat-path.wav", "concat-subfile.wav", "reference.mov"} <= read, found


@pytest.mark.parametrize("name", ["concat:canary.wav|canary.wav", "tcp:canary.wav", "%d.wav"])
def test_a_name_is_only_a_name(watch: Watch, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(a_recording())
    prepared = prepare_media(path, tmp_path / "out", limits=LIMITS, on_progress=ignore_progress)
    watch.look()
    assert prepared.facts.duration_ms == 4_000
    assert not watch.opened
