"""The empathy map of a persona: computed from its placings each time, never stored.

The database joins, filters and puts the best quotes first, once; one pass over its rows counts
people in every field and theme. Grouping in SQL asks for the same joins three times over
(docs/decisions/0005). Eight queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Abs, Cast, Coalesce
from django.utils.dateparse import parse_datetime

from backend.personas.models import Persona, PersonaParticipant
from backend.studies.models import ConsentState, Participant, Session
from backend.tagging.models import ASPECTS, Excerpt, Placing, Tag, Tagging
from backend.tagging.selectors import get_excerpts_in_order

UNTAGGED_NAME = "Not yet tagged"
UNTAGGED_COLOUR = "#5f6b7a"
QUOTES_OF_A_THEME = 3
# The first themes of each half of a quadrant show all their best quotes, those that follow show
# one, the rest none: of a codebook with hundreds of tags, nobody reads thousands at once.
FULLY_QUOTED_THEMES = 4
QUOTED_THEMES = 12

FieldKey = tuple[str, str]  # quadrant and aspect


@dataclass
class Theme:
    """One tag within a field of the map; no tag: what nobody has tagged yet."""

    tag_id: UUID | None
    name: str
    colour: str
    people: int
    excerpts: int
    quote_ids: list[UUID]
    quotes: list[Excerpt] = field(default_factory=list)


@dataclass
class MapAspect:
    """A half of a quadrant, or what is in neither half where the aspect is empty."""

    aspect: str
    people: int
    excerpts: int
    themes: list[Theme]


@dataclass
class MapQuadrant:
    """A field of the map. People are counted once, even if heard in both halves."""

    quadrant: str
    people: int
    excerpts: int
    aspects: list[MapAspect]


@dataclass
class EmpathyMap:
    """`people_total` is the denominator: people of this persona who were heard."""

    persona_id: UUID
    people_total: int
    excerpt_count: int
    study_count: int
    newest_at: datetime | None
    quadrants: list[MapQuadrant]


@dataclass
class _Tally:
    """What was counted of one field or theme. The first quotes are the best ones."""

    excerpts: int = 0
    people: set[str] = field(default_factory=set)
    quotes: list[str] = field(default_factory=list)

    def add(self, excerpt_id: str, person: str | None) -> None:
        self.excerpts += 1
        if person is not None:
            self.people.add(person)
        if len(self.quotes) < QUOTES_OF_A_THEME:
            self.quotes.append(excerpt_id)


class _Count:
    """What one pass over the placings finds. Ids and times are text as the database spells it."""

    def __init__(self) -> None:
        self.fields: dict[FieldKey, _Tally] = defaultdict(_Tally)
        self.themes: dict[FieldKey, dict[str | None, _Tally]] = defaultdict(
            lambda: defaultdict(_Tally)
        )
        self.excerpts: set[str] = set()
        self.studies: set[str] = set()
        self.newest = ""

    @property
    def people(self) -> set[str]:
        return set().union(*(tally.people for tally in self.fields.values()))


def compute_empathy_map(persona: Persona, *, study_id: UUID | None = None) -> EmpathyMap:
    """Compute the map from all studies, or from one."""
    sessions = _sessions(persona, study_id)
    placings = _placings(persona, study_id)
    tags = _tags(persona)
    count = _count(placings, sessions=sessions, tags_of=_tags_of_excerpts(persona, tags))
    themes = {key: _rank(tallies, tags) for key, tallies in count.themes.items()}
    _add_quotes(themes.values(), persona.workspace_id)
    return EmpathyMap(
        persona_id=persona.id,
        people_total=len(count.people | _people_assigned(persona, sessions)),
        excerpt_count=len(count.excerpts),
        study_count=len(count.studies),
        newest_at=_read_time(count.newest),
        quadrants=[_describe_quadrant(quadrant, count, themes) for quadrant in ASPECTS],
    )


def _text(name: str) -> Cast:
    """An id or a time as text: making 80,000 UUID objects would cost more than the joins."""
    return Cast(name, CharField())


def _sessions(persona: Persona, study_id: UUID | None) -> dict[str, str]:
    """The study of each session that counts."""
    sessions = Session.objects.kept().filter(
        workspace_id=persona.workspace_id, study__deleted_at__isnull=True
    )
    if study_id is not None:
        sessions = sessions.filter(study=study_id)
    return dict(sessions.values_list(_text("id"), _text("study_id")))


def _placings(persona: Persona, study_id: UUID | None) -> Iterator[tuple[Any, ...]]:
    """(quadrant, aspect, excerpt, participant, session, time) of the persona's placings: key
    quotes first, then what was felt most strongly, then the newest.

    The counterpart of tagging.selectors.live, whose joins to session and study are left to
    _sessions.
    """
    withdrawn = Participant.objects.filter(
        workspace_id=persona.workspace_id, consent=ConsentState.WITHDRAWN
    )
    placings = Placing.objects.filter(persona=persona, excerpt__deleted_at__isnull=True)
    if study_id is not None:
        placings = placings.filter(excerpt__session__study=study_id)
    return (
        placings.exclude(excerpt__participant__in=withdrawn)
        .order_by(
            F("excerpt__is_key_quote").desc(),
            Coalesce(Abs("intensity"), 0).desc(),
            F("excerpt__created_at").desc(),
        )
        .values_list(
            "quadrant",
            "aspect",
            _text("excerpt_id"),
            _text("excerpt__participant_id"),
            _text("excerpt__session_id"),
            _text("excerpt__created_at"),
        )
        .iterator(chunk_size=5000)
    )


def _tags(persona: Persona) -> dict[str, Tag]:
    tags = Tag.objects.kept().filter(workspace_id=persona.workspace_id)
    return {tag.text_id: tag for tag in tags.annotate(text_id=_text("id"))}


def _tags_of_excerpts(persona: Persona, tags: dict[str, Tag]) -> dict[str, tuple[str, ...]]:
    """The kept tags of each excerpt on the persona's map."""
    # Tuples, because the garbage collector would walk over 20,000 sets again and again.
    found: dict[str, tuple[str, ...]] = {}
    taggings: QuerySet[Tagging, Any] = Tagging.objects.filter(excerpt__placings__persona=persona)
    rows = taggings.values_list(_text("excerpt_id"), _text("tag_id"))
    for excerpt_id, tag_id in rows.iterator(chunk_size=5000):
        known = found.get(excerpt_id, ())
        if tag_id in tags and tag_id not in known:
            found[excerpt_id] = (*known, tag_id)
    return found


def _count(
    placings: Iterable[tuple[Any, ...]],
    *,
    sessions: dict[str, str],
    tags_of: dict[str, tuple[str, ...]],
) -> _Count:
    """An excerpt is in a quadrant of a persona once, so placings in a field are excerpts."""
    count = _Count()
    untagged: tuple[str | None, ...] = (None,)
    for quadrant, aspect, excerpt_id, person, session_id, time in placings:
        if session_id not in sessions:
            continue
        key = quadrant, aspect
        count.fields[key].add(excerpt_id, person)
        for tag_id in tags_of.get(excerpt_id, untagged):
            count.themes[key][tag_id].add(excerpt_id, person)
        count.excerpts.add(excerpt_id)
        count.studies.add(sessions[session_id])
        count.newest = max(count.newest, time)
    return count


def _rank(tallies: dict[str | None, _Tally], tags: dict[str, Tag]) -> list[Theme]:
    """Themes by people, then excerpts, then name; what is untagged comes last."""
    themes = [_describe_theme(tally, tags.get(tag_id or "")) for tag_id, tally in tallies.items()]
    return sorted(
        themes,
        key=lambda t: (t.tag_id is None, -t.people, -t.excerpts, t.name.casefold(), t.name),
    )


def _describe_theme(tally: _Tally, tag: Tag | None) -> Theme:
    return Theme(
        tag_id=tag.id if tag else None,
        name=tag.name if tag else UNTAGGED_NAME,
        colour=tag.colour if tag else UNTAGGED_COLOUR,
        people=len(tally.people),
        excerpts=tally.excerpts,
        quote_ids=[UUID(excerpt_id) for excerpt_id in tally.quotes],
    )


def _add_quotes(themes: Iterable[list[Theme]], workspace_id: UUID) -> None:
    quoted = []
    for ranked in themes:
        for theme in ranked[FULLY_QUOTED_THEMES:]:
            del theme.quote_ids[1:]
        quoted += ranked[:QUOTED_THEMES]
    ids = {excerpt_id for theme in quoted for excerpt_id in theme.quote_ids}
    excerpts = {row.id: row for row in get_excerpts_in_order(workspace_id, ids)}
    for theme in quoted:
        theme.quotes = [excerpts[row] for row in theme.quote_ids if row in excerpts]


def _people_assigned(persona: Persona, sessions: dict[str, str]) -> set[str]:
    """Participants behind the persona who took part in any of the sessions, unless withdrawn."""
    links = PersonaParticipant.objects.filter(persona=persona).exclude(
        participant__consent=ConsentState.WITHDRAWN
    )
    rows = links.values_list(_text("participant_id"), _text("participant__sessions__id"))
    return {person for person, session_id in rows if session_id in sessions}


def _describe_quadrant(
    quadrant: str, count: _Count, themes: dict[FieldKey, list[Theme]]
) -> MapQuadrant:
    keys = [(quadrant, aspect) for aspect in ASPECTS[quadrant]]
    tallies = [count.fields.get(key, _Tally()) for key in keys]
    return MapQuadrant(
        quadrant=quadrant,
        people=len(set().union(*(tally.people for tally in tallies))),
        excerpts=sum(tally.excerpts for tally in tallies),
        aspects=[
            MapAspect(key[1], len(tally.people), tally.excerpts, themes.get(key, []))
            for key, tally in zip(keys, tallies, strict=True)
        ],
    )


def _read_time(text: str) -> datetime | None:
    """SQLite keeps times in UTC without saying so."""
    time = parse_datetime(text) if text else None
    return time.replace(tzinfo=UTC) if time and time.tzinfo is None else time
