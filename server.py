"""Wiring of the server: routes, lifespan, startup and shutdown. Nothing imports this module."""

import contextlib
import resource
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from tortoise.contrib.starlette import RegisterTortoise

from clients.console import DOCUMENTS, BuildHeader, console_routes
from models.accounts.passwords import Passwords
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.external import ExternalIssuers
from models.base.unavailable import Unavailable
from models.calls.evidence import SecretariatCalls
from models.calls.phone.address import PATH as PHONE
from models.complaints.evidence.checks import checks_with_network
from models.process.redis_health import RedisHealth
from models.process.redis_pool import open_redis
from models.process.release import build, program
from models.process.wake import RedisWake
from models.seed.calendar import PATH as DEMO_CALENDAR
from models.seed.guard import KnownPassword
from schema import build_schema
from schema.graphql.authentication import Authentication
from schema.graphql.following.feed_reader import FeedReader
from schema.graphql.limits import Bounds
from schema.graphql.preflight import PREFLIGHT_HEADERS
from schema.graphql.services import Services
from schema.graphql.trusted_documents import TrustedDocuments
from schema.http.bodies import BodyLimit
from schema.http.calendars import EVENT, FEED, Calendars
from schema.http.compression import Compression
from schema.http.connection import protocols
from schema.http.demo_calendar import DemoCalendar
from schema.http.direct_route import DirectRoute
from schema.http.endpoint import GraphQLView
from schema.http.files import PATH, Files
from schema.http.graphiql import graphiql_page, graphiql_routes
from schema.http.headers import RequestLog, database_is_away, failed
from schema.http.hooks import MAIL, Hooks
from schema.http.invitations import INVITATION, Invitations
from schema.http.links import ANSWER, UNSUBSCRIBE, Links
from schema.http.phone import PhoneEvents
from schema.http.probes import Probes
from schema.http.socket import LARGEST_MESSAGE
from schema.http.stopping import LastAnswers, Server, Stopping
from schema.http.write_backpressure import ConnectionLimits
from settings import Settings, tortoise_config

# How uvicorn serves the application. It uses the process's log and doesn't log requests itself.
UVICORN: dict[str, Any] = {
    "ws_max_size": LARGEST_MESSAGE,
    "loop": "uvloop",
    "log_config": None,
    "log_level": None,
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": 5,
}

# Headers that the API reads, and that pages of other origins may send in addition to those in the settings.
REQUEST_HEADERS = ("Authorization", "Content-Type", "X-Request-Id", *PREFLIGHT_HEADERS)
# `Date` for pages on a machine whose clock is wrong; `Content-Disposition` has a download's name.
EXPOSED_HEADERS = ("Content-Disposition", "Date", "Retry-After", "X-Request-Id")
PREFLIGHT_SECONDS = 7200  # the maximum for which Chromium caches a preflight

KEPT_FILES = 200  # for the database, Redis, uploads and the log


def uvicorn_options(settings: Settings) -> dict[str, Any]:
    """Return how uvicorn serves the application with these settings."""
    limits = ConnectionLimits(
        head_bytes=settings.request_head_limit,
        head_seconds=settings.request_head_seconds,
        body_seconds=settings.request_body_seconds,
        unread_seconds=settings.unread_seconds,
        connections=min(settings.max_connections, max(files_to_open() - KEPT_FILES, KEPT_FILES)),
    )
    http, sockets = protocols(limits)
    return {
        **UVICORN,
        "http": http,
        "ws": sockets,
        "proxy_headers": bool(settings.forwarded_allow_ips),
        "forwarded_allow_ips": list(settings.forwarded_allow_ips),
    }


def files_to_open() -> int:
    """Raise this process's open-file limit as far as allowed, and return it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):  # the system may allow less than it reports
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    now, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if now == resource.RLIM_INFINITY else now


def serve(
    settings: Settings,
    *,
    sockets: list[socket.socket] | None = None,
    ready: Callable[[], None] | None = None,
    replaces: bool = False,
) -> None:
    """Serve until a signal to stop; exit with uvicorn's code 3 if the start fails.

    `sockets` are those that a parent opened for several processes, and `ready` tells it that this one
    listens. One that `replaces` another does not listen before it can answer.
    """
    # An error would be a traceback once uvicorn has started.
    settings.signing_key()
    settings.hashing_key()
    run(create_app(settings, replaces=replaces), settings, sockets=sockets, ready=ready)


def run(
    app: ASGIApp,
    settings: Settings,
    *,
    sockets: list[socket.socket] | None = None,
    ready: Callable[[], None] | None = None,
) -> None:
    """Like `serve`, for an existing application."""
    config = uvicorn.Config(app, host=settings.host, port=settings.port, **uvicorn_options(settings))
    server = Server(config, delay_seconds=settings.shutdown_delay_seconds, ready=ready)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets)
    if not server.started:
        sys.exit(3)


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(settings: Settings, services: Services | None = None, *, replaces: bool = False) -> Starlette:
    """Return the ASGI application; its lifespan opens the database, Redis and the feed's reader.

    If it `replaces` another, its lifespan begins only when it can answer, and fails if that takes too long.
    If `services` is given, the caller opens and closes them and has connected the database.
    """
    running: list[Services] = [services] if services else []
    stopping = Stopping()
    probes = Probes(lambda: running[0] if running else None, settings.metrics_token, stopping)
    build()  # reads files, so once before anything is served
    documents = TrustedDocuments.of(settings, own=(DOCUMENTS,) if settings.console else ())
    view = GraphQLView(
        build_schema(
            Bounds.of(settings),
            introspection=settings.introspection,
            suggestions=settings.suggestions,
            documents=documents,
        ),
        lambda: running[0],
        origins=settings.allowed_origins,
        page=graphiql_page() if settings.graphiql else None,
        most_values=settings.max_values,
        documents=documents,
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            config = tortoise_config(
                settings.database_dsn,
                program=program("serve"),
                pooler=settings.database_pooler,
                statement_timeout_ms=settings.statement_timeout_ms,
                read_timeout_ms=settings.read_timeout_ms,
                statements_per_user=settings.statements_per_user,
                pool_size=settings.database_pool_size,
            )
            await stack.enter_async_context(RegisterTortoise(app, config=config))
            stack.push_async_callback(probes.close)
            redis = await stack.enter_async_context(open_redis(settings.redis_dsn))
            channel = await stack.enter_async_context(open_redis(settings.redis_dsn, answer_seconds=None))
            client = await stack.enter_async_context(httpx.AsyncClient())
            passwords = Passwords()
            stack.callback(passwords.close)
            redis_health = RedisHealth()
            wake = await stack.enter_async_context(RedisWake(redis, redis_health))
            reader = await stack.enter_async_context(FeedReader(channel, on_redis=redis_health.worked))
            running.append(
                Services(
                    settings=settings,
                    wake=wake,
                    authentication=Authentication(_issuer(settings), passwords, _external(settings, client)),
                    reader=reader,
                    redis=redis,
                    redis_health=redis_health,
                    now=_now,
                    checks=checks_with_network(
                        _now,
                        client,
                        settings.business_register_url,
                        dns=settings.mail_domain_checks,
                        calls=[SecretariatCalls()],
                    ),
                    known_password=_known_password(settings, passwords),
                )
            )
            await probes.look_for_warnings()
            if replaces:
                await probes.until_ready()
            try:
                yield
            finally:
                running.clear()

    files = Files(lambda: running[0])
    links = Links(lambda: running[0])
    invitations = Invitations(lambda: running[0])
    calendars = Calendars(lambda: running[0])
    hooks = Hooks(lambda: running[0], settings.mail_hook_secret)
    phones = PhoneEvents(lambda: running[0])
    routes = [
        Route("/graphql", view, methods=["GET", "POST"]),
        WebSocketRoute("/graphql", view),
        *(console_routes() if settings.console else ()),
        *(graphiql_routes() if settings.graphiql else ()),
        Route(PATH, files.download),
        Route(ANSWER, links.answer, methods=["GET", "POST"]),
        Route(UNSUBSCRIBE, links.unsubscribe, methods=["GET", "POST"]),
        Route(INVITATION, invitations.show, methods=["GET", "POST"]),
        Route(FEED, calendars.feed),
        Route(EVENT, calendars.event),
        *([Route(DEMO_CALENDAR, DemoCalendar(_now).show)] if settings.only_here else ()),
        Route(MAIL, hooks.mail, methods=["POST"]),
        Route(PHONE, phones.take, methods=["POST"]),
        Route("/healthz", probes.healthz),
        Route("/readyz", probes.readyz),
        Route("/version", probes.version),
        Route("/metrics", probes.metrics),
    ]
    app = Starlette(
        routes=routes,
        middleware=_middleware(settings, stopping, view),
        exception_handlers={Unavailable: database_is_away, Exception: failed},
        lifespan=None if services else lifespan,
    )
    app.router.redirect_slashes = False  # a redirect would go to the address in the Host header
    app.state.services = running
    app.state.probes = probes
    app.state.stopping = stopping
    return app


def _known_password(settings: Settings, passwords: Passwords) -> KnownPassword | None:
    """Return the check for demo passwords; None on a loopback address with GraphiQL, where it is expected."""
    return None if settings.only_here and settings.graphiql else KnownPassword(passwords)


def _issuer(settings: Settings) -> TokenIssuer:
    return TokenIssuer(
        settings.signing_key(),
        access_lifetime=timedelta(minutes=settings.access_token_minutes),
        refresh_lifetime=timedelta(days=settings.refresh_token_days),
    )


def _external(settings: Settings, client: httpx.AsyncClient) -> ExternalIssuers | None:
    if not settings.oidc_issuers:
        return None
    return ExternalIssuers(
        settings.oidc_issuers,
        settings.oidc_audience,
        client,
        types=settings.oidc_token_types,
        clients=settings.oidc_clients,
        longest_life=timedelta(minutes=settings.oidc_token_minutes),
    )


def _middleware(settings: Settings, stopping: Stopping, view: ASGIApp) -> list[Middleware]:
    limit = BodyLimit(view, json=settings.json_body_limit, upload=settings.request_body_limit)
    return [
        Middleware(RequestLog),
        *([Middleware(BuildHeader)] if settings.console else ()),
        Middleware(LastAnswers, stopping),
        Middleware(Compression),
        Middleware(DirectRoute, "/graphql", limit),
        Middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST"],
            allow_headers=[*REQUEST_HEADERS, *settings.allowed_headers],
            allow_credentials=settings.allow_credentials,
            expose_headers=EXPOSED_HEADERS,
            max_age=PREFLIGHT_SECONDS,
        ),
        Middleware(limit.around),
    ]
