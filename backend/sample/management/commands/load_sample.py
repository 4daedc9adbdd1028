"""Loads the sample study: `python manage.py load_sample [--if-empty]`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.sample.loading import is_empty, load_sample


class Command(BaseCommand):
    """Loads the sample study into a workspace of its own."""

    help = "Loads the sample study, once. Its sign-in works only on the machine itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing if there are users or workspaces already",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_SERVED:
            raise CommandError(
                "The sample's password is known to everybody, so it is not loaded where others "
                "can sign in. Unset EARSHOT_SERVED to try it on this machine."
            )
        if options["if_empty"] and not is_empty():
            return
        if load_sample() is None:
            self.stdout.write("The sample study is here already.")
        else:
            self.stdout.write("Loaded the sample study “Booking a doctor's visit”.")
