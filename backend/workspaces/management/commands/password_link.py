"""`manage.py password_link`: print a link with which somebody chooses a new password."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.accounts.models import User
from backend.accounts.password_links import make_password_link
from backend.workspaces.services import reach_of


class Command(BaseCommand):
    help = "Print a link, valid once and for three days, with which somebody chooses a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="whose password it is")
        parser.add_argument(
            "--address",
            default="http://127.0.0.1:8000",
            help="where people reach this installation (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError("Nobody with this e-mail address has an account here.")
        path, _ = make_password_link(user, reach=reach_of(user))
        self.stdout.write(options["address"].rstrip("/") + path)
