"""Idempotent glue: what each kind of job does, step by step, to its target's rows and files."""
