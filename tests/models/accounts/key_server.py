"""A token issuer for tests: a real HTTP server that publishes keys, and a function that signs tokens.

It is slow or broken only when the test makes it so.
"""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_curve_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_rsa_key
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

ISSUER = "https://login.example"
AUDIENCE = "leadgate"

PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey | Ed25519PrivateKey


def new_key(algorithm: str, bits: int = 2048) -> PrivateKey:
    """Return a new private key for an algorithm."""
    if algorithm == "RS256":
        return new_rsa_key(65537, bits)
    return new_curve_key(SECP256R1()) if algorithm == "ES256" else Ed25519PrivateKey.generate()


EC = new_curve_key(SECP256R1())
KEYS: dict[str, PrivateKey] = {"RS256": new_key("RS256"), "ES256": EC, "EdDSA": new_key("EdDSA")}
ALGORITHMS = list(KEYS)


def jwk(key: PrivateKey, key_id: str | None, **more: object) -> dict[str, Any]:
    """Return the public half, as published; None omits a member."""
    if isinstance(key, RSAPrivateKey):
        members = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    elif isinstance(key, EllipticCurvePrivateKey):
        members = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    else:
        members = OKPAlgorithm.to_jwk(key.public_key(), as_dict=True)
    members = {**members, "kid": key_id, **more}
    return {name: value for name, value in members.items() if value is not None}


def sign(
    key: PrivateKey | bytes,
    algorithm: str,
    key_id: str | None,
    now: datetime,
    type_: str | None = "at+jwt",
    **changes: object,
) -> str:
    """Return a token of this issuer for subject `ada`, valid for an hour; None omits a claim or `typ`."""
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "ada",
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(hours=1)).timestamp()),
    }
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    headers = {"kid": key_id} if key_id is not None else {}
    return jwt.PyJWS().encode(
        json.dumps(claims).encode(), key, algorithm=algorithm, headers={"typ": type_, **headers}
    )


@dataclass
class KeyServer:
    """The responses of the server, and how often it was called."""

    url: str = ""
    keys: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    body: bytes | None = None  # returned instead of the keys
    compressed: bool = False
    asked: int = 0
    let_go: threading.Event = field(default_factory=threading.Event)  # a response waits for this
    asking: threading.Event = field(default_factory=threading.Event)  # set once a request has arrived

    def answer(self) -> bytes:
        """Return the current document."""
        return self.body if self.body is not None else json.dumps({"keys": self.keys}).encode()


@contextmanager
def key_server() -> Iterator[KeyServer]:
    """Serve keys on a free port of this machine."""
    state = KeyServer()
    state.let_go.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked += 1
            state.asking.set()
            state.let_go.wait(10)
            body = gzip.compress(state.answer()) if state.compressed else state.answer()
            self.send_response(state.status)
            if state.status in {301, 302, 307}:
                self.send_header("Location", state.url + "/other")
            if state.compressed:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/keys"
    try:
        yield state
    finally:
        state.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
