"""Memos over HTTP."""
