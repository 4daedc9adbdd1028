"""Codebooks for tests, as a person or another tool may have them."""

from hypothesis import strategies as st

from backend.exchange.codebook.codes import UNWRITABLE, Code, fold_path, tidy_name, tidy_text

LETTERS = st.characters(exclude_categories=["Cs"])
NAMES = (
    st.one_of(
        st.text(LETTERS, min_size=1, max_size=20),
        st.sampled_from(
            [
                "=1+1",
                "'=x",
                "-",
                "@me",
                "a > b",
                "\\",
                "x\\>y",
                ">",
                "<Code>",
                "a,b;c",
                '"q"',
                "Wäit",
            ]
        ),
    )
    .map(tidy_name)
    .filter(bool)
)
TEXTS = st.one_of(
    st.just(""),
    st.text(LETTERS, max_size=60).map(tidy_text),
    st.sampled_from(
        ["=cmd|' /C calc'!A0", "+1", "'-1", "two\n\nparagraphs", "&amp; ]]> <x/>", "'"]
    ),
)
COLOURS = st.one_of(st.just(""), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))


@st.composite
def codebooks(draw: st.DrawFn, *, has_guids: bool = True) -> list[Code]:
    """Parents before what is under them, each path once."""
    codes: list[Code] = []
    known: set[tuple[str, ...]] = set()
    for _ in range(draw(st.integers(0, 8))):
        parent = draw(st.sampled_from([(), *[code.path for code in codes]]))
        path = (*parent, draw(NAMES))
        if fold_path(path) in known or len(path) > 6:
            continue
        known.add(fold_path(path))
        guid = str(draw(st.uuids())) if has_guids else ""
        codes.append(
            Code(
                path,
                draw(TEXTS),
                draw(TEXTS),
                draw(TEXTS),
                draw(COLOURS),
                guid,
            )
        )
    return sorted(codes, key=lambda code: len(code.path))


__all__ = ["UNWRITABLE", "codebooks"]
