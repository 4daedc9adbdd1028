"""Disturbs a running Earshot in every way that machines know, and counts what is lost or doubled.

`make chaos` runs it. A round is one process with services and workers of its own; `entries/` says
what its workers are made of.
"""
