"""Starts the misbehaving mail server of `tests.support.smtp_server`, and reads what it stored."""

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from models.messages.channels.smtp import MailServer

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class MailServers:
    """The server's ports by kind, where it stores messages, and who vouches for its certificate."""

    ports: dict[str, int]
    folder: Path
    trust: ssl.SSLContext

    def server(
        self, kind: str = "plain", *, tls: str = "none", user: str | None = None, password: str | None = None
    ) -> MailServer:
        """Return how to reach one kind of server."""
        return MailServer("127.0.0.1", self.ports[kind], tls, user, password, self.trust)

    def stored(self) -> Sequence[EmailMessage]:
        """Return the stored messages, oldest first."""
        files = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    def forget(self) -> None:
        """Delete the stored messages."""
        for file in self.folder.glob("*.eml"):
            file.unlink()


@contextmanager
def running_mail_servers(folder: Path) -> Iterator[MailServers]:
    """Start the process; it ends with the block."""
    stored = folder / "mail"
    stored.mkdir()
    certificate = folder / "server.pem"
    trust = _certificate(certificate)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.smtp_server", str(stored), str(certificate)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        try:
            yield MailServers(json.loads(process.stdout.readline()), stored, trust)
        finally:
            process.kill()


def _certificate(path: Path) -> ssl.SSLContext:
    """Write a key and its certificate for 127.0.0.1, and return a context that trusts only it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + pem
    )
    return ssl.create_default_context(cadata=pem.decode())
