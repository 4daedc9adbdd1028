"""Writing a Word document: a paragraph a turn. Pure."""

from collections.abc import Iterable, Iterator

from backend.common.word_document import BOLD, GREY, paragraph, run, write_document
from backend.sources.captions.cues import Cue, tidy
from backend.sources.captions.writing.txt import has_mostly_names, parts_of


def write_docx(cues: Iterable[Cue], *, title: str = "") -> bytes:
    """The title stands in the page's header, so that it isn't taken for something said."""
    return write_document(_paragraphs(list(cues)), header=tidy(title))


def _paragraphs(cues: list[Cue]) -> Iterator[str]:
    is_dialogue = has_mostly_names(cues)
    speaker = ""
    for cue in cues:
        first, name, second, text = parts_of(cue, is_dialogue=is_dialogue)
        if speaker and not name:
            # An empty line ends the turn before: nobody is named for this one.
            yield paragraph()
        yield paragraph(run(first, GREY), run(name, BOLD), run(second, GREY), run(text))
        speaker = name
