"""Idempotent glue: what each kind of job does, step by step, to the rows and files of its target."""
