"""The API of personas, maps, claims and insights."""
