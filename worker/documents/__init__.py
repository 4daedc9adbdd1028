"""Transcripts made elsewhere: read in a confined process, for files are not to be trusted."""

from worker.documents.reading import DOCUMENT_LIMITS, read_document

__all__ = ["DOCUMENT_LIMITS", "read_document"]
