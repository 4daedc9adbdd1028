"""Speech in decoded recordings: found, cut into windows and recognised."""
