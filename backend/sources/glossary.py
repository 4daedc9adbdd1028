"""Names and products that recognition should expect, and how often they were misheard."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from backend.sources.models import GlossaryTerm, WordCorrection
from backend.sources.withdrawal import sources_with_withheld
from backend.sources.word_folding import fold_phrase, split_punctuation
from backend.studies.models import Study
from backend.workspaces.models import Workspace

# A short list mends most names; a long one makes recognition worse than none.
SENT_MAXIMUM = 12
SUGGESTED_FROM_TIMES = 2
SUGGESTIONS_MAXIMUM = 20
TERM_LENGTH_MAXIMUM = 60


@dataclass(frozen=True)
class RankedTerm:
    """A term, how often something was corrected to it, and whether recognition is told of it."""

    term: GlossaryTerm
    times_corrected: int
    is_sent: bool


@dataclass(frozen=True)
class Suggestion:
    """What was corrected to again and again, and is no term yet."""

    text: str
    times_corrected: int


@dataclass(frozen=True)
class Glossary:
    """The terms, most often corrected first, and what might be added."""

    terms: list[RankedTerm]
    suggestions: list[Suggestion]


@dataclass(frozen=True)
class _Correction:
    """One way of correcting in one study; `before` and `after` are folded, `text` is as written."""

    study_id: UUID
    before: str
    after: str
    text: str
    times: int

    def puts_right(self, phrase: str) -> bool:
        return f" {phrase} " in f" {self.after} " and f" {phrase} " not in f" {self.before} "


def glossary_of(workspace: Workspace, study: Study | None = None) -> Glossary:
    """The terms in force in a study, its own and the workspace's; or the workspace's alone.

    Corrections count wherever in the workspace they were made; only what was corrected in the study
    too is suggested for it. Two queries.
    """
    terms = terms_in_force(workspace.id, study)
    corrections = _corrections(workspace.id)
    return Glossary(
        terms=_rank(terms, corrections),
        suggestions=_suggest(corrections, {fold_phrase(term.text) for term in terms}, study),
    )


def glossary_prompt(study: Study) -> str:
    """The sentence that recognition is given before it begins; empty without terms.

    At most SENT_MAXIMUM terms, those most often corrected first. Two queries at most.
    """
    terms = terms_in_force(study.workspace_id, study)
    if not terms:
        return ""
    texts: dict[str, str] = {}
    for row in _rank(terms, _corrections(study.workspace_id)):
        if row.is_sent:
            texts.setdefault(fold_phrase(row.term.text), row.term.text)
    return ", ".join(texts.values()) + "."


def terms_in_force(workspace_id: UUID, study: Study | None) -> list[GlossaryTerm]:
    """The workspace's terms, and those of the study; oldest first."""
    in_force = Q(study__isnull=True) | Q(study=study) if study else Q(study__isnull=True)
    terms = GlossaryTerm.objects.filter(in_force, workspace_id=workspace_id)
    return list(terms.order_by("created_at", "id"))


def _corrections(workspace_id: UUID) -> list[_Correction]:
    """Corrections of words, and not merely of case or punctuation. The same one made to the same
    word again is one. Where somebody is heard who withdrew, what was put right may be theirs.
    """
    made = (
        WordCorrection.objects.filter(
            workspace_id=workspace_id,
            transcript__source__session__deleted_at__isnull=True,
            transcript__source__session__study__deleted_at__isnull=True,
        )
        .exclude(transcript__source__in=sources_with_withheld(workspace_id))
        .order_by()
        .values_list(
            "transcript__source__session__study_id", "before", "after", "transcript_id", "word_id"
        )
        .distinct()
    )
    corrections = [
        _Correction(study_id, fold_phrase(before), fold_phrase(after), _undress(after), times)
        for (study_id, before, after), times in Counter(row[:3] for row in made).items()
    ]
    return [row for row in corrections if row.before != row.after]


def _undress(text: str) -> str:
    """Without the punctuation around the whole."""
    opening = split_punctuation(text.split()[0])[0]
    closing = split_punctuation(text.split()[-1])[2]
    return text.removeprefix(opening).removesuffix(closing)


def _rank(terms: list[GlossaryTerm], corrections: list[_Correction]) -> list[RankedTerm]:
    folded = {term.id: fold_phrase(term.text) for term in terms}
    times = {
        phrase: sum(row.times for row in corrections if row.puts_right(phrase))
        for phrase in folded.values()
    }
    ranked = sorted(terms, key=lambda term: -times[folded[term.id]])
    sent = list(dict.fromkeys(folded[term.id] for term in ranked))[:SENT_MAXIMUM]
    return [
        RankedTerm(term, times[folded[term.id]], is_sent=folded[term.id] in sent) for term in ranked
    ]


def _suggest(
    corrections: list[_Correction], known: Collection[str], study: Study | None
) -> list[Suggestion]:
    times: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    here = set()
    for row in corrections:
        if any(row.puts_right(phrase) for phrase in known) or len(row.text) > TERM_LENGTH_MAXIMUM:
            continue
        times[row.after] += row.times
        spellings.setdefault(row.after, Counter())[row.text] += row.times
        if study is None or row.study_id == study.id:
            here.add(row.after)
    suggestions = [
        Suggestion(max(spellings[phrase].items(), key=lambda item: item[::-1])[0], count)
        for phrase, count in sorted(times.items(), key=lambda item: (-item[1], item[0]))
        if count >= SUGGESTED_FROM_TIMES and phrase in here
    ]
    return suggestions[:SUGGESTIONS_MAXIMUM]
