"""What a round's workers are made of: `prepare` is called in each before it starts."""
