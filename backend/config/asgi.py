"""The ASGI application that uvicorn serves."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
django.setup(set_prefix=False)

from backend.discovery.engine import open_early  # noqa: E402  (needs the settings)
from backend.sources.arriving_body import StreamingHandler  # noqa: E402  (needs the settings)

application = StreamingHandler()
open_early()
