"""Training of the small Whisper checkpoint that the tests load."""
