"""The ASGI application that uvicorn serves."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
django.setup(set_prefix=False)

from backend.config.request_threads import ThreadedHandler  # noqa: E402  (needs the settings)
from backend.discovery.engine import open_early  # noqa: E402  (needs the settings)

application = ThreadedHandler()
open_early()
