"""Programs that make the committed artefacts: sample voices, test recordings, checkpoint."""
