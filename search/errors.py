"""What can go wrong in search, said so that the reader knows what to do."""


class SearchError(Exception):
    """Every error this library raises on purpose."""


class SearchQueryError(SearchError, ValueError):
    """The question or the document is not one the index can take; the message says which part."""


class SearchUnavailableError(SearchError):
    """The engine can't answer or write now; nothing was lost, and trying again may work."""
