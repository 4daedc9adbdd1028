"""How transcription costs, beside `whisper.transcribe` on the same model and the same speech."""
