"""Finds Asterisk on the PATH, or unpacks it without installing anything, and writes its configuration.

Debian's testing release has Asterisk 22. apt fetches it with a state of its own and verifies its signatures;
the packages are unpacked, and the program is started by its own dynamic loader. Nothing needs root.
"""

import re
import secrets
import shutil
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

OLDEST = 20
TEMPLATES = Path(__file__).parent / "asterisk"
_APT, _UNPACKER = "apt-get", "dpkg-deb"
_MIRROR = "http://deb.debian.org/debian"
_PHONE = """[{name}]
type=endpoint
context=phones
disallow=all
allow=ulaw,alaw
direct_media=no
aors={name}
[{name}]
type=aor
contact=sip:{name}@127.0.0.1:{port}
"""


class Missing(Exception):  # noqa: N818 - said to a person
    """Asterisk cannot be had here; the message is one sentence that says why."""


@dataclass(frozen=True)
class Installed:
    """How Asterisk is started, and where its modules and data are."""

    command: tuple[str, ...]
    modules: Path
    data: Path


@dataclass(frozen=True)
class Configured:
    """A configured Asterisk: its command line, and how it is reached."""

    command: tuple[str, ...]
    sip_port: int
    http_port: int
    user: str = "leadgate"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)


def find(var: Path) -> Installed:
    """Return the Asterisk of this machine, or one in `var`, which is filled once. Raises `Missing`."""
    found = shutil.which("asterisk")
    if found is not None and _version(found) >= OLDEST:
        for modules in Path("/usr/lib").glob("**/asterisk/modules"):
            return Installed((found,), modules, Path("/usr/share/asterisk"))
    root = var / "root"
    if not (root / "usr/sbin/asterisk").exists():
        _unpack(var, root)
    loader = next(root.glob("usr/lib/*/ld-linux*.so*"), None)
    if loader is None:
        raise Missing("The Asterisk that was unpacked has no dynamic loader for this machine.")
    program = root / "usr/sbin/asterisk"
    command = (str(loader), "--library-path", str(loader.parent), str(program))
    return Installed(command, loader.parent / "asterisk/modules", root / "usr/share/asterisk")


def _version(program: str) -> int:
    said = subprocess.run([program, "-V"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"Asterisk (\d+)", said)
    return int(found[1]) if found else 0


def _unpack(var: Path, root: Path) -> None:
    if shutil.which(_APT) is None or shutil.which(_UNPACKER) is None:
        raise Missing("Asterisk 20 or later is not on the PATH, and there is no apt to fetch it with.")
    state = var / "apt"
    for folder in ("lists/partial", "cache/archives/partial", "state"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    (state / "status").touch()
    (state / "sources.list").write_text(f"deb {_mirror()} testing main\n", encoding="utf-8")
    options = {
        "Dir::State": state / "state",
        "Dir::State::Lists": state / "lists",
        "Dir::State::status": state / "status",
        "Dir::Cache": state / "cache",
        "Dir::Etc::sourcelist": state / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::Etc::preferencesparts": "-",
        "APT::Install-Recommends": "false",
        "Acquire::Check-Valid-Until": "false",  # of a mirror that is frozen
        "Acquire::Retries": "2",
    }
    apt = [_APT, "-q", *(word for name, value in options.items() for word in ("-o", f"{name}={value}"))]
    for step in (["update"], ["-y", "--download-only", "-o", "Debug::NoLocking=1", "install", "asterisk"]):
        done = subprocess.run([*apt, *step], capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Missing(f"apt could not fetch Asterisk: {last}")
    partial = var / "unpacking"
    shutil.rmtree(partial, ignore_errors=True)
    for package in sorted((state / "cache/archives").glob("*.deb")):
        subprocess.run([_UNPACKER, "-x", str(package), str(partial)], check=True, capture_output=True)
    partial.rename(root)
    shutil.rmtree(state)


def _mirror() -> str:
    """Return the mirror that this machine uses."""
    try:
        listed = subprocess.run(
            [_APT, "indextargets", "--format", "$(SITE)"], capture_output=True, text=True, check=False
        ).stdout.split()
    except OSError:
        listed = []
    return next((site for site in listed if site.rstrip("/").endswith("/debian")), _MIRROR)


def configure(found: Installed, var: Path, phones: Mapping[str, int]) -> Configured:
    """Write a configuration for these phones (the ports by name) and return how to start it."""
    made = Configured(
        (*found.command, "-C", str(var / "conf/asterisk.conf"), "-f", "-n"), _port("udp"), _port("tcp")
    )
    for folder in ("conf", "lib", "spool", "run", "log"):
        (var / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    values = {
        "VAR": str(var),
        "MODULES": str(found.modules),
        "DATA": str(found.data),
        "ARI_USER": made.user,
        "ARI_PASSWORD": made.password,
        "HTTP_PORT": str(made.http_port),
        "SIP_PORT": str(made.sip_port),
        "TRUNK_PORT": "5060",
        "PHONES": "".join(_PHONE.format(name=name, port=port) for name, port in phones.items()),
    }
    for template in TEMPLATES.glob("*.conf"):
        text = re.sub(r"@([A-Z_]+)@", lambda name: values[name[1]], template.read_text(encoding="utf-8"))
        written = var / "conf" / template.name
        written.write_text(text, encoding="utf-8")
        written.chmod(0o600)
    return made


def _port(protocol: str) -> int:
    kind = socket.SOCK_DGRAM if protocol == "udp" else socket.SOCK_STREAM
    with socket.socket(type=kind) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
