"""Reading memos: threads, what they are about, how many there are, who is mentioned."""

from backend.memos.selectors.counts import count_memos
from backend.memos.selectors.mentions import count_unseen, list_mentions, mentions_of
from backend.memos.selectors.subjects import describe_subjects, find_subject
from backend.memos.selectors.threads import get_thread, list_threads, with_subjects, with_thread

__all__ = [
    "count_memos",
    "count_unseen",
    "describe_subjects",
    "find_subject",
    "get_thread",
    "list_mentions",
    "list_threads",
    "mentions_of",
    "with_subjects",
    "with_thread",
]
