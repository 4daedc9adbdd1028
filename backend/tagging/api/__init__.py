"""The API of the codebook and the evidence."""
