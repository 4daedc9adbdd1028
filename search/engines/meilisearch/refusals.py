"""What Meilisearch refuses, told in our errors."""

from meilisearch.errors import MeilisearchApiError

from search.errors import SearchQueryError, SearchUnavailableError

MISSING = ("index_not_found", "document_not_found")
# The only ones that name a fault of what was sent; filters and facets are refused where an index
# has other settings than ours.
_OUR_FAULTS = ("invalid_document", "missing_document", "payload_too_large", "invalid_search_q")


class MissingVectorsError(SearchUnavailableError):
    """The index wants to be told of vectors that we know nothing of."""


class TooLargeError(SearchQueryError):
    """More at once than the server takes: send less."""


def api_error(error: MeilisearchApiError, url: str) -> Exception:
    """What a refusal means to whoever asked."""
    if error.code == "index_not_found":
        return SearchUnavailableError(
            "The search server has no index yet; it is made from the database."
        )
    if error.status_code in (401, 403):
        return SearchUnavailableError(
            f"The search server at {url} refuses the key. Correct MEILI_API_KEY."
        )
    if error.status_code == 413 or error.code == "payload_too_large":
        return TooLargeError(f"The search server takes no more at once: {error.message}")
    if error.status_code < 500 and (error.code or "").startswith(_OUR_FAULTS):
        return SearchQueryError(f"The search server did not accept this: {error.message}")
    return SearchUnavailableError(
        f"The search server has a problem ({error.message}). Try again; if it stays, look "
        "into its log."
    )
