"""What the history says of a session in which somebody withdrew: what was done, not to which words.

A summary is a label of long ago: whose words it quotes may have been changed since, so that it
can't be told any more. So none of such a session is quoted.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef

from backend.sources.models import Speaker
from backend.sources.withdrawal import LEFT_OUT
from backend.studies.models import ConsentState
from backend.tagging.models import Change

# Kinds of changes that quote what was said. Memos quote whoever wrote them.
_QUOTING = ("excerpt.", "text.", "review.")


def is_somebody_withheld(session: str = "pk") -> Exists:
    """Whether anybody is heard in a session who took back their consent, as a column."""
    speakers = Speaker.objects.filter(
        source__session=OuterRef(session), participant__consent=ConsentState.WITHDRAWN
    )
    return Exists(speakers)


def conceal(changes: Collection[Change]) -> None:
    """Set what these are called to what may be read, without saving. One query."""
    sessions = {change.session_id for change in changes if change.session_id}
    conceal_in(_with_withheld(sessions) if sessions else set(), changes)


def conceal_in(session_ids: Collection[UUID], changes: Iterable[Change]) -> None:
    """The same where it is known in which sessions somebody withdrew. No query."""
    for change in changes:
        if change.session_id in session_ids:
            change.summary = without_quotes(change.verb, change.summary)


def without_quotes(verb: str, summary: str) -> str:
    """“Placed “so long” in Pains” becomes “Placed […] in Pains”.

    Quotes can hold quotation marks and be cut off at the end: all from the first mark to the last
    goes, and the rest, too, if another begins behind that.
    """
    if not verb.startswith(_QUOTING) or "“" not in summary:
        return summary
    before, _, quoted = summary.partition("“")
    behind = quoted.rpartition("”")[2]
    is_whole = "”" in quoted and "“" not in behind
    return f"{before or 'Changed '}{LEFT_OUT}{behind if is_whole else ''}"


def _with_withheld(session_ids: Collection[UUID]) -> set[UUID]:
    speakers = Speaker.objects.filter(
        source__session__in=session_ids, participant__consent=ConsentState.WITHDRAWN
    )
    return set(speakers.values_list("source__session_id", flat=True))
