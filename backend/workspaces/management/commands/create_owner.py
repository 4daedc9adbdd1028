"""`manage.py create_owner`: make an owner and their workspace from the command line."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from backend.accounts.services import create_user
from backend.common.errors import EarshotError
from backend.workspaces.services import create_workspace


class Command(BaseCommand):
    help = "Make an owner and their workspace. The password is asked for, or read from a pipe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--workspace", required=True, help="name of the workspace")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                user = create_user(
                    email=options["email"], name=options["name"], password=_read_password()
                )
                create_workspace(name=options["workspace"], owner=user)
        except EarshotError as error:
            raise CommandError(f"{error.message} {error.remedy}".strip()) from error
        self.stdout.write(f"{user.email} owns {options['workspace']}.")


def _read_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")
