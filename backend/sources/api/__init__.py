"""The API of sessions, uploads, sources, speakers and transcripts."""
