"""Probes that check whether a service is up, without changing state. Pid files are not trusted."""

import http.client
import socket
import struct
from pathlib import Path

ANSWER_SECONDS = 5.0


def postgres_answers(path: Path, user: str, database: str) -> bool:
    """Whether PostgreSQL accepts connections of `user` to `database` at this socket."""
    words = b"\0".join(part.encode() for part in ("user", user, "database", database)) + b"\0\0"
    startup = struct.pack("!II", len(words) + 8, 3 << 16) + words  # protocol 3.0
    # R: authentication follows or succeeded; E: starting up, shutting down or no such database.
    return _first_bytes(path, startup, 1, farewell=b"X" + struct.pack("!I", 4)) == b"R"


def valkey_answers(path: Path) -> bool:
    """Whether Valkey serves commands at this socket."""
    return _first_bytes(path, b"PING\r\n", 5) == b"+PONG"


def http_answers(host: str, port: int, path: str) -> bool:
    """Whether an HTTP server at this address is ready, or at least responds that the path does not exist."""
    connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status in {200, 204, 404}
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _first_bytes(path: Path, question: bytes, count: int, farewell: bytes = b"") -> bytes:
    answer = b""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(ANSWER_SECONDS)
            connection.connect(str(path))
            connection.sendall(question)
            while len(answer) < count and (part := connection.recv(count - len(answer))):
                answer += part
            if farewell:
                connection.sendall(farewell)
    except OSError:  # no socket file, nothing listening, or the connection was closed
        return answer
    return answer
