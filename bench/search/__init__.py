"""`make bench-search`: search at three sizes, beside the bare engine, and how the cost grows."""
