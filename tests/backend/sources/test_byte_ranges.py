"""The Range header, as a table and as a property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sources.byte_ranges import ByteRange, RangeUnsatisfiableError, parse_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=99-", (99, 99)),
        ("bytes=90-1000", (90, 99)),
        ("bytes=-1", (99, 99)),
        ("bytes=-100", (0, 99)),
        ("bytes=-1000", (0, 99)),
        ("Bytes = 5 - 6", (5, 6)),
        # What a server may ignore: the whole file follows.
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes=a-b", None),
        ("bytes=0-1,5-6", None),
        ("bytes=--5", None),
        ("items=0-5", None),
        ("", None),
    ],
)
def test_one_range_is_read_and_cut_to_the_file(header, expected):
    wanted = parse_range(header, size_bytes=100)

    assert wanted == (ByteRange(*expected) if expected else None)


@pytest.mark.parametrize(
    ("header", "size_bytes"),
    [
        ("bytes=100-", 100),
        ("bytes=100-200", 100),
        ("bytes=-0", 100),
        ("bytes=0-", 0),
        ("bytes=-5", 0),
    ],
)
def test_a_range_outside_the_file_is_an_error(header, size_bytes):
    with pytest.raises(RangeUnsatisfiableError):
        parse_range(header, size_bytes=size_bytes)


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_range_never_leaves_the_file(size_bytes, first, last):
    try:
        wanted = parse_range(f"bytes={first}-{last}", size_bytes=size_bytes)
    except RangeUnsatisfiableError:
        assert first >= size_bytes
        return
    if wanted is None:
        assert last < first
    else:
        assert 0 <= wanted.first <= wanted.last < size_bytes
        assert wanted.length == wanted.last - wanted.first + 1
