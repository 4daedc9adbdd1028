"""What people said of a transcript, taken over by another version: speakers, corrected words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from backend.sources.anchoring import UnknownWordError
from backend.sources.models import Segment, Speaker, Transcript, WordCorrection
from backend.sources.relocation import SAME_WORDS_MS
from backend.sources.replacing import Match, Replacement, find_matches, replace_matches
from backend.sources.services.speakers import DEFAULT_LABEL
from backend.sources.word_folding import fold_phrase
from backend.tagging.models import Change
from backend.tagging.services.carrying import Reading
from backend.tagging.services.corrections import CORRECTION_LENGTH_MAXIMUM

# So much of a turn must be one person's for it to be certain, and so much for a suggestion.
CERTAIN_SHARE = 0.8
SUGGESTED_SHARE = 0.5
# In a wider stretch of other words, the place of a correction is not certain.
WIDEST_GAP_WORDS = 60


def inherit_speakers(*, old: Reading, new: Reading) -> None:
    """Give turns of the new version the speakers that people, or channels, gave the old ones.

    Turns that somebody gave a speaker already keep theirs. One that is cut otherwise, so that it
    is several people's, is given to whoever says most of it, as a suggestion, unless its voice
    suggests somebody. On the way back to an earlier version, which has speakers of its own, only
    what people changed in the later one comes along. Excerpts do not follow: see
    rederive_excerpts.
    """
    is_return = new.transcript.version < old.transcript.version
    named = _changed_turns(old) if is_return else _named_turns(old)
    given: dict[tuple[UUID | None, bool], list[UUID]] = defaultdict(list)
    for index, counts in _voices_in(old, new, named).items():
        turn = new.segments[index]
        speaker_id, count = counts.most_common(1)[0]
        share = count / len(turn.words)
        has_suggestion = is_return or turn.voice is not None
        if share > (CERTAIN_SHARE if has_suggestion else SUGGESTED_SHARE):
            turn.speaker_id = speaker_id
            turn.is_speaker_suggested = share <= CERTAIN_SHARE
            given[speaker_id, turn.is_speaker_suggested].append(turn.id)
    for (speaker_id, is_suggested), ids in given.items():
        Segment.objects.filter(id__in=ids).update(
            speaker_id=speaker_id, is_speaker_suggested=is_suggested
        )


def _named_turns(old: Reading) -> set[int]:
    """Indexes of the turns whose speaker is more than a suggestion.

    Before speakers were suggested, all text was simply the first speaker's: that says nothing.
    """
    spoken = [index for index, turn in enumerate(old.segments) if turn.words]
    named = {index for index in spoken if _is_named(old.segments[index])}
    speakers = {turn.speaker_id for turn in old.segments if turn.speaker_id is not None}
    if len(named) == len(spoken) and len(speakers) == 1:
        is_default = Speaker.objects.filter(id__in=speakers, label=DEFAULT_LABEL).exists()
        return set() if is_default else named
    return named


def _changed_turns(old: Reading) -> set[int]:
    """Indexes of the turns that somebody gave their speaker in this very version."""
    changes = Change.objects.filter(
        session=old.transcript.source.session_id, verb__startswith="speaker.", undone_at=None
    )
    changed = {row["id"] for rows in changes.values_list("rows", flat=True) for row in rows}
    return {
        index
        for index, turn in enumerate(old.segments)
        if _is_named(turn) and str(turn.id) in changed
    }


def _is_named(turn: Segment) -> bool:
    return turn.speaker_id is not None and not turn.is_speaker_suggested


def _voices_in(old: Reading, new: Reading, named: set[int]) -> dict[int, Counter[UUID | None]]:
    """For each turn of the new version that may be given a speaker: who says how many words."""
    counts: dict[int, Counter[UUID | None]] = defaultdict(Counter)
    if not named:
        return counts
    old_indexes = _old_turns_of(old, new)
    for new_index, old_turn in enumerate(old_indexes):
        turn_index = new.segment_indexes[new_index]
        if old_turn in named and new.segments[turn_index].is_speaker_suggested:
            counts[turn_index][old.segments[old_turn].speaker_id] += 1
    return counts


def _old_turns_of(old: Reading, new: Reading) -> list[int | None]:
    """For each new word, the index of the old turn that holds its partner, or was then spoken."""
    turns = list(_turns_by_time(old, new.line.words))
    for old_index, partner in enumerate(new.find_from(old).alignment.partners):
        if partner is not None:
            turns[partner] = old.segment_indexes[old_index]
    return turns


def _turns_by_time(old: Reading, words: Iterable[list]) -> Iterator[int | None]:
    timed = sorted(
        (turn.start_ms, turn.end_ms, index)
        for index, turn in enumerate(old.segments)
        if turn.start_ms is not None and turn.end_ms is not None and turn.words
    )
    place = 0
    for word in words:
        if word[2] is None or word[3] is None:
            yield None
            continue
        middle_ms = (word[2] + word[3]) // 2
        while place < len(timed) and timed[place][1] < middle_ms:
            place += 1
        is_spoken = place < len(timed) and timed[place][0] <= middle_ms
        yield timed[place][2] if is_spoken else None


def inherit_corrections(*, old: Reading, new: Reading) -> None:
    """Correct the words that the new version misheard in the same way at the same place.

    Excerpts do not follow: see rederive_excerpts.
    """
    rows = WordCorrection.objects.filter(transcript=old.transcript).order_by("created_at", "id")
    found: dict[int, list[tuple[WordCorrection, Match]]] = defaultdict(list)
    for correction in _join(rows):
        place = _find_mistake(correction, old, new)
        if place is not None and not _overlaps(place[1], found[place[0]]):
            found[place[0]].append((correction, place[1]))
    if not any(found.values()):
        return
    changed = []
    for index, own in found.items():
        segment = new.segments[index]
        segment.words, _ = replace_matches(segment.words, [match for _, match in own])
        changed.append(segment)
    Segment.objects.bulk_update(changed, ["words"], batch_size=200)
    WordCorrection.objects.bulk_create(
        _record(correction, match, new.transcript)
        for own in found.values()
        for correction, match in own
    )
    new.forget_words()
    new.transcript.word_count = len(new.line.words)
    new.transcript.save(update_fields=["word_count", "updated_at"])


def _join(corrections: Iterable[WordCorrection]) -> list[WordCorrection]:
    """A word corrected twice: from what it was first to what it is now; none if that is the same.

    Not saved.
    """
    joined: dict[int, list[WordCorrection]] = defaultdict(list)
    for correction in corrections:
        own = joined[correction.word_id]
        if own and own[-1].after == correction.before:
            own[-1].after = correction.after
        else:
            own.append(correction)
    return [
        correction
        for own in joined.values()
        for correction in own
        if correction.before != correction.after
    ]


def _find_mistake(
    correction: WordCorrection, old: Reading, new: Reading
) -> tuple[int, Match] | None:
    """The index of the segment and the place in it where the same was misheard, if it was."""
    try:
        old_index = old.line.place_of(correction.word_id)
    except UnknownWordError:
        return None
    begin, end = new.find_from(old).bounds(old_index, old_index)
    if not 0 <= end - begin < WIDEST_GAP_WORDS:
        return None
    replacement = Replacement(find=correction.before, replace=correction.after)
    old_ms = old.line.words[old_index][2]
    is_spelling = fold_phrase(correction.before) == fold_phrase(correction.after)
    found = [
        (index, match)
        for index in dict.fromkeys(new.segment_indexes[begin : end + 1])
        for match in find_matches(new.segments[index].words, replacement)
        if begin <= new.line.place_of(match.first_word_id) <= end
        and (match.before == correction.before or not is_spelling)
        and _distance_ms(match, old_ms) <= SAME_WORDS_MS
    ]
    found.sort(key=lambda place: _distance_ms(place[1], old_ms))
    if len(found) > 1 and _distance_ms(found[0][1], old_ms) == _distance_ms(found[1][1], old_ms):
        return None
    return found[0] if found else None


def _distance_ms(match: Match, old_ms: int | None) -> int:
    if match.start_ms is None or old_ms is None:
        return 0
    return abs(match.start_ms - old_ms)


def _overlaps(match: Match, others: list[tuple[WordCorrection, Match]]) -> bool:
    taken = {token for _, other in others for token in other.token_range}
    return not taken.isdisjoint(match.token_range)


def _record(correction: WordCorrection, match: Match, transcript: Transcript) -> WordCorrection:
    return WordCorrection(
        workspace_id=correction.workspace_id,
        transcript=transcript,
        word_id=match.first_word_id,
        before=match.before[:CORRECTION_LENGTH_MAXIMUM],
        after=match.after[:CORRECTION_LENGTH_MAXIMUM],
        created_by_id=correction.created_by_id,
    )
