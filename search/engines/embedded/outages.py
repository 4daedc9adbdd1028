"""What goes wrong while an index is read or written, in our own terms."""

import contextlib
import re
from collections.abc import Iterator

from search.errors import SearchError, SearchUnavailableError

# In tantivy's messages: too many open files, no permission, no space, a read that failed.
_OPERATING_SYSTEM = re.compile(r"os error \d+|kind: (?!NotFound|UnexpectedEof|InvalidData)\w+")


class LostIndexError(SearchUnavailableError):
    """There is no index that can be read: missing, damaged, or of another tantivy."""


@contextlib.contextmanager
def lost_if_unreadable() -> Iterator[None]:
    """Files that are as they were written and can't be opened are of another version of tantivy.

    Unless it is the operating system that refuses: that passes, and an index is worth minutes.
    """
    try:
        with translated_errors():
            yield
    except SearchUnavailableError as error:
        if isinstance(error, LostIndexError) or _OPERATING_SYSTEM.search(str(error)):
            raise
        raise LostIndexError(str(error)) from error


@contextlib.contextmanager
def translated_errors() -> Iterator[None]:
    """Tantivy's errors as ours. Its panics derive from BaseException and would end the process."""
    try:
        yield
    except SearchError:
        raise
    except (ValueError, OSError) as error:
        raise SearchUnavailableError(
            f"The search index can't be read or written ({error}). Nothing else is affected; "
            "check free space and permissions of its folder, then try again."
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise SearchUnavailableError(
            "The search index could not be read; if it is damaged, it is made anew from the "
            "database by itself."
        ) from None
