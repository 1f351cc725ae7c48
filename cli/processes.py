"""`leadgate serve --processes` and `leadgate worker --processes`: the parent of several processes."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from prometheus_client import start_http_server

from cli.before_start import look_before_start
from settings import Settings
from settings.errors import AddressError
from supervision.listening import listen
from supervision.metrics import VARIABLE, folder_for_processes, forget_ended, registry_of
from supervision.processes import Kind, Processes, cores
from supervision.programs import STOP_SECONDS, Stopped, stoppable

_ITSELF = (sys.executable, "-m", "cli")


def keep_serving(settings: Settings, count: int) -> int:
    """Keep `count` servers running on one port until a signal to stop; return the exit code."""
    settings.signing_key()  # errors are one line here, and made before several processes ask for them
    settings.hashing_key()
    with ExitStack() as stack:
        sockets = [stack.enter_context(one) for one in listen(settings.host, settings.port)]
        numbers = [one.fileno() for one in sockets]
        words = [word for number in numbers for word in ("--listen-on", str(number))]
        metrics = None
        if settings.metrics_token:
            metrics = stack.enter_context(folder_for_processes(settings.var_dir))

        def command(pipe: int, replaces: bool) -> Sequence[str]:
            more = ("--replaces",) if replaces else ()
            return [*_ITSELF, "serve", *words, "--ready-pipe", str(pipe), *more]

        kind = Kind(
            "server",
            command,
            files=numbers,
            replaced=signal.SIGHUP,
            stop_seconds=settings.shutdown_delay_seconds + STOP_SECONDS,
            ended=_forgetting(metrics),
        )
        env = {"HOST": settings.host, "PORT": str(settings.port)}
        return _keep(stack, kind, settings, "serve", count or cores(), env, metrics)


def keep_working(settings: Settings, count: int) -> int:
    """Keep `count` workers running until a signal to stop; return the exit code."""
    with ExitStack() as stack:
        metrics = None
        if settings.worker_metrics_port:
            metrics = stack.enter_context(folder_for_processes(settings.var_dir))
            # One port for all, so this process answers there.
            port = settings.worker_metrics_port
            try:
                web, _ = start_http_server(port, addr="127.0.0.1", registry=registry_of(metrics))
            except OSError as error:
                raise AddressError(
                    f"WORKER_METRICS_PORT: cannot listen on {port}: {error.strerror}"
                ) from None
            stack.callback(web.shutdown)
        kind = Kind(
            "worker",
            lambda pipe, _: [*_ITSELF, "worker", "--ready-pipe", str(pipe)],
            ended=_forgetting(metrics),
        )
        env = {"WORKER_METRICS_PORT": ""}
        return _keep(stack, kind, settings, "worker", count or cores(), env, metrics)


def _forgetting(metrics: Path | None) -> Callable[[int], None]:
    return lambda _: forget_ended(metrics) if metrics else None


def _keep(
    stack: ExitStack,
    kind: Kind,
    settings: Settings,
    command: str,
    count: int,
    given: dict[str, str],
    metrics: Path | None,
) -> int:
    env = {**os.environ, "VAR_DIR": str(settings.var_dir), "PYTHONUNBUFFERED": "1", **given}
    if metrics is not None:
        env[VARIABLE] = str(metrics)
    revive: Callable[[], object] = list
    try:
        with stoppable():
            if settings.database_url is None or settings.redis_url is None:
                from cli.connect import environment_of, services_for, with_addresses

                services = stack.enter_context(services_for(settings))
                if services is not None:
                    env, revive = {**env, **environment_of(settings, services)}, services.revive
                    settings = with_addresses(settings, services)
            # A process sees only what the others have in use by then, not what they may take.
            asyncio.run(look_before_start(settings, command, processes=count))
    except Stopped:
        return 0
    return Processes(kind, count, env).run(revive)
