"""The Celery processes: what takes long, needs models, or opens untrusted recordings."""
