"""Runs checks in Node, and prints one line per check."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
OLDEST_NODE = 20
SECONDS = 600.0


def missing_node() -> str | None:
    """Return why Node and npm cannot be used on this machine, or None if they can."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return f"Node {OLDEST_NODE} or newer with npm is not on this machine"
    done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)  # noqa: S607
    version = done.stdout.strip()
    major = version.removeprefix("v").partition(".")[0]
    if not major.isdecimal() or int(major) < OLDEST_NODE:
        return f"Node {version or 'here does not run'} is older than {OLDEST_NODE}"
    return None


def install(folder: Path) -> None:
    """Install the packages in the lock file of a folder, unless they are already installed."""
    installed = folder / "node_modules" / ".package-lock.json"
    lock = folder / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    sys.stdout.write(f"Installing the packages of {folder.name} (the first time takes a minute)\n")
    sys.stdout.flush()
    subprocess.run(["npm", "ci", "--loglevel=error"], cwd=folder, check=True)  # noqa: S607


def judge(what: str, *command: str, folder: Path = HERE, needs: str = "", details: bool = False) -> bool:
    """Run a checker in a folder, and print its verdict: it passes if it exits with 0 and prints `needs`.

    A passing checker's last line is shown if it is a script of ours; with `details`, all of its lines.
    """
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    passed = done.returncode == 0 and needs in done.stdout
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    words = f": {lines[-1].strip()}" if passed and command[0] == "node" and lines else ""
    mark = "ok  " if passed else "FAIL"
    sys.stdout.write(f"{mark} {what}{words} ({time.monotonic() - began:.1f} s)\n")
    if not passed or details:
        shown = lines[:-1] if passed else lines
        sys.stdout.write("".join(f"     {line}\n" for line in shown))
    sys.stdout.flush()
    return passed
