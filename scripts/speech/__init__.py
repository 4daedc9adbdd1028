"""Synthetic voices with exact word times, for the sample study and the test recordings."""
