"""What every kind of file says of a memo."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from backend.memos.models import Memo, MemoSubject
from backend.memos.subjects import Subject
from backend.sources.captions.cues import printable


@dataclass(frozen=True)
class ExportedMemo:
    """A memo in plain words. `answer_to`: the id of the memo it answers, or nothing."""

    id: str
    answer_to: str
    written_at: datetime
    author: str
    kind: str
    subject: str
    study: str
    session: str
    clock: str
    text: str
    mentions: tuple[str, ...]
    link: str

    @property
    def when(self) -> str:
        return self.written_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")

    @property
    def place(self) -> str:
        """Where what it is about was said, such as “Study · Interview · 1:02:03”."""
        parts = (self.study, self.session, self.clock)
        return " · ".join(part for part in parts if part and part != self.subject)


def rows_of(threads: Iterable[Memo], *, link_to: Callable[[Memo], str]) -> list[ExportedMemo]:
    """Each memo and then the answers to it. Needs rows of selectors.with_subjects."""
    return [
        _row_of(memo, link_to(thread))
        for thread in threads
        for memo in (thread, *thread.kept_answers)  # type: ignore[attr-defined]
    ]


def _row_of(memo: Memo, link: str) -> ExportedMemo:
    subject: Subject = memo.subject  # type: ignore[attr-defined]
    names = () if memo.deleted_at else tuple(one.user.name for one in memo.mentions.all())
    return ExportedMemo(
        id=str(memo.id),
        answer_to=str(memo.parent_id or ""),
        written_at=memo.created_at,
        author=memo.created_by.name if memo.created_by else "Somebody who left",
        kind=MemoSubject(subject.kind).label,
        subject=printable(subject.title) + (" (no longer there)" if subject.is_gone else ""),
        study=printable(subject.study_title),
        session=printable(subject.session_title),
        clock=_clock(subject.start_ms),
        text="(deleted)" if memo.deleted_at else printable(memo.text),
        mentions=names,
        link=link,
    )


def _clock(position_ms: int | None) -> str:
    """A time in a recording, such as 1:02:03 or 2:03."""
    if position_ms is None:
        return ""
    minutes, seconds = divmod(position_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
