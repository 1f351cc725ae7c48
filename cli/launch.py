"""`leadgate run`: services, migrations, the demo, a server and a worker, until the server ends."""

import asyncio
import os
import sys

from rich.console import Console

from cli.connect import environment_of, services_for, with_addresses
from cli.demo import Demo, refuse_demo_for_others, seed_if_allowed, show_demo
from cli.migrating import migrate
from embedded.ask import http_answers
from embedded.world.place import expect
from models.process.gc_tuning import look_less_often
from settings import Settings
from settings.outside import ALL
from settings.webhooks import LISTEN_PORT
from supervision.listening import local
from supervision.programs import Program, supervise

_LISTEN = f"127.0.0.1:{LISTEN_PORT}"


def run(settings: Settings, console: Console, demo: Demo = Demo.WHERE_SAFE) -> int:
    """Run services, migrations, demo, server and worker until the server ends; return the exit code."""
    host = local(settings.host)
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    itself = [sys.executable, "-m", "cli"]
    refuse_demo_for_others(settings, demo)
    own_database = settings.database_url is None
    with services_for(settings) as services:
        urls = environment_of(settings, services) if services else {}
        settings = with_addresses(settings, services)
        console.print(
            "Migrating the database ..."
            if demo is Demo.NEVER
            else "Migrating the database and seeding the demo ..."
        )
        look_less_often()  # each step of a migration creates all models again
        asyncio.run(migrate(settings))
        seeded = asyncio.run(seed_if_allowed(settings, demo, console))
        settings.hashing_key()  # both programs must find the same keys
        settings.sealing_key()
        private = os.environ.get("WEBHOOK_PRIVATE_HOSTS") or (_LISTEN if seeded else "")
        has_world = seeded and own_database
        expect(settings.var_dir, world=has_world)
        programs = [
            Program("server", [*itself, "serve"], restart=False),
            Program("worker", [*itself, "worker"], restart=True),
        ]
        if has_world:
            programs.insert(0, Program("world", [*itself, "world"], restart=True))
        calendars = os.environ.get("CALENDAR_PRIVATE_HOSTS") or (address.partition("//")[2] if seeded else "")
        return supervise(
            programs,
            env={
                **os.environ,
                **urls,
                "VAR_DIR": str(settings.var_dir),
                "WEBHOOK_PRIVATE_HOSTS": private,
                "OUTSIDE_SOURCES": os.environ.get("OUTSIDE_SOURCES") or (ALL if has_world else ""),
                "CALENDAR_PRIVATE_HOSTS": calendars,
                "PYTHONUNBUFFERED": "1",
            },
            revive=services.revive if services else list,
            is_ready=lambda: http_answers(host, settings.port, "/readyz"),
            on_ready=lambda: _banner(console, address, settings, demo=seeded),
            say=console.print,
        )


def _banner(console: Console, address: str, settings: Settings, *, demo: bool) -> None:
    from models.messages.channels.configured import MAIL_FOLDER, SMS_FOLDER

    console.rule("Leadgate is ready")
    if settings.console:
        console.print(f"Console   {address}/console/", soft_wrap=True)
        if demo:
            console.print(f"          {address}/console/?as=vendor, in a window of its own", soft_wrap=True)
    if settings.graphiql:
        console.print(f"GraphiQL  {address}/graphql", soft_wrap=True)
    if settings.mail_url is None:
        console.print(f"Email     {settings.var_dir / MAIL_FOLDER}/*.eml", markup=False, soft_wrap=True)
    if settings.sms_url is None:
        console.print(f"SMS       {settings.var_dir / SMS_FOLDER}/*.txt", markup=False, soft_wrap=True)
    if demo:
        console.print("Webhooks  .venv/bin/leadgate webhook listen, in another terminal", soft_wrap=True)
        show_demo(console)
    console.rule("Press Ctrl-C to stop everything")
