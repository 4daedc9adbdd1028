"""`manage.py first_owner_link`: print a one-time link that makes the first owner."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.accounts.services import create_one_time_link


class Command(BaseCommand):
    help = "Print a link, valid once and for two days, that makes an owner and their workspace."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address",
            default="http://127.0.0.1:8000",
            help="where people reach this installation (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"].rstrip("/")
        self.stdout.write(f"{address}/first-owner?token={create_one_time_link()}")
