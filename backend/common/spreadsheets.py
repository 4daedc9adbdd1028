"""Cells that spreadsheet programs open as text, whatever people wrote into them. Pure."""

# What makes such programs take a cell for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard_cell(text: str) -> str:
    """The text, behind an apostrophe where it could run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
