"""Codebooks in the formats of others: pure readers, which never raise, and writers."""

from backend.exchange.codebook.codes import Code, ReadCodebook, Skipped
from backend.exchange.codebook.reading import MAX_BYTES, read_codebook

__all__ = ["MAX_BYTES", "Code", "ReadCodebook", "Skipped", "read_codebook"]
