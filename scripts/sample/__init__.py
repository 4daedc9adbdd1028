"""Making of the sample study: its scripts spoken, timed and tied to its excerpts."""
