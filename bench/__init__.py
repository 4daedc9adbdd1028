"""Measurements: `python bench/run.py`, or one of them by itself."""
