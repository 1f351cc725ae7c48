"""A real PgBouncer before the tests' PostgreSQL, for `TEST_POOLER=1`."""

import contextlib
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator

import embedded
from embedded.account import adopt
from embedded.ask import postgres_answers
from embedded.layout import POSTGRES_SOCKET, SUPERUSER
from supervision.process import await_answer, end, spawn
from tests.support.services import reachable_folder

PREPARED_SINCE = (1, 21)
SECONDS = 60.0  # a limit: it starts in milliseconds
_SETTINGS = """
[databases]
* = host={server} port=5432 user={user} pool_size=10
[pgbouncer]
pool_mode = transaction
listen_addr =
listen_port = 5432
unix_socket_dir = {folder}
unix_socket_mode = 0777
auth_type = any
auth_file =
max_client_conn = 500
server_login_retry = 1
query_wait_timeout = 60
{prepared}
"""


@contextlib.contextmanager
def pgbouncer(services: embedded.Services) -> Iterator[str]:
    """Start it and yield the query of URLs that lead through it, to any database of the server.

    Before 1.21 it knows no prepared statements: then the driver uses none, which is slower.
    """
    program = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")
    assert program is not None, "TEST_POOLER needs PgBouncer: apt-get install pgbouncer"
    knows_prepared = _version(program) >= PREPARED_SINCE
    account = services._places.account
    with reachable_folder("leadgate-pgbouncer-") as folder, (folder / "log").open("wb") as log:
        settings = folder / "pgbouncer.ini"
        settings.write_text(
            _SETTINGS.format(
                server=services._places.sockets,
                user=SUPERUSER,
                folder=folder,
                prepared="max_prepared_statements = 200" if knows_prepared else "",
            )
        )
        settings.chmod(0o644)
        adopt(folder, account)
        child = spawn([program, str(settings)], death_signal=signal.SIGKILL, account=account, log=log)
        try:
            started = await_answer(
                child,
                lambda: postgres_answers(folder / POSTGRES_SOCKET, SUPERUSER, "postgres"),
                time.monotonic() + SECONDS,
            )
            assert started, (folder / "log").read_text()
            yield f"host={folder}{'' if knows_prepared else '&statement_cache_size=0'}"
        finally:
            end(child, (signal.SIGINT, 5.0))


def _version(program: str) -> tuple[int, ...]:
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)\.(\d+)", shown)
    assert found is not None, shown
    return int(found[1]), int(found[2])
