"""Trusted documents by id over POST, GET and a form; others are refused if only trusted ones may run."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

import embedded
from cli import app as cli
from schema.document_manifest import DocumentError, manifest_of
from schema.graphql.document_files import ManifestError, read_manifest
from schema.graphql.document_ids import id_of
from schema.graphql.limits.bounds import Bounds
from settings import SettingsError, load
from tests.support.api import Api, api_settings, running_api
from tests.support.database import Database
from tests.support.marketplace import make_marketplace

TRUSTED = "query Who($with: Boolean = true) { __typename @include(if: $with) a: __typename }"
SIGNED = "{ viewer { user { name } } }"
OTHER = "{ b: __typename }"
EXAMPLES = Path(__file__).parents[4] / "examples" / "operations"
Running = Callable[[str], AbstractAsyncContextManager[Api]]


@pytest.fixture
def running(database: Database, services: embedded.Services, tmp_path: Path) -> Running:
    """Start an API in a mode, with a manifest of two documents."""
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({id_of(text): text for text in (TRUSTED, SIGNED)}))

    @asynccontextmanager
    async def run(mode: str) -> AsyncIterator[Api]:
        settings = api_settings(
            services, database.url, trusted_documents=mode, trusted_documents_manifest=path
        )
        async with running_api(settings) as api:
            yield api

    return run


async def post(api: Api, headers: dict[str, str] | None = None, **body: Any) -> httpx.Response:
    """Send a body."""
    return await api.http.post("/graphql", json=body, headers=headers)


def code(answer: httpx.Response) -> str:
    """Return the code of the only error."""
    (error,) = answer.json()["errors"]
    found: str = error["extensions"]["code"]
    return found


async def test_a_document_can_be_requested_by_its_id(running: Running) -> None:
    """By POST, by GET, by a form with a preflight header; with variables, and with its cost."""
    document = id_of(TRUSTED)
    async with running("allow") as api:
        full = await post(api, documentId=document)
        assert full.json()["data"] == {"__typename": "Query", "a": "Query"}
        assert full.json()["extensions"]["cost"] == {"requested": 0, "limit": 100_000}
        part = await post(api, documentId=document, variables={"with": False}, operationName="Who")
        assert part.json()["data"] == {"a": "Query"}
        got = await api.http.get("/graphql", params={"documentId": document})
        assert got.json()["data"] == full.json()["data"]
        form = {"operations": json.dumps({"documentId": document}), "map": "{}"}
        sent = await api.http.post(
            "/graphql", data=form, files={"x": b""}, headers={"GraphQL-Preflight": "1"}
        )
        assert sent.json()["data"] == full.json()["data"]
        assert (await post(api, query=OTHER)).json()["data"] == {"b": "Query"}


@pytest.mark.parametrize("mode", ["off", "allow", "only"])
async def test_an_unknown_document_id_is_not_found_with_a_remedy(running: Running, mode: str) -> None:
    """Also if trusted documents are off; an operation name changes nothing."""
    async with running(mode) as api:
        answer = await post(api, documentId=id_of("no"), operationName="Any")
        assert code(answer) == "NOT_FOUND"
        assert id_of("no") in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("wrong", ["sha256:1", "md5:" + "0" * 64, "", "sha256:" + "A" * 64])
async def test_an_invalid_document_id_is_reported_as_such(running: Running, wrong: str) -> None:
    """By the field's name."""
    async with running("allow") as api:
        answer = await post(api, documentId=wrong)
        assert answer.json()["errors"][0]["extensions"] == {"code": "INVALID", "field": ["documentId"]}


async def test_only_trusted_documents_run_except_for_operators(running: Running) -> None:
    """A trusted document sent in full is accepted too."""
    market = await make_marketplace()
    async with running("only") as api:
        vendor = {"Authorization": f"Bearer {await api.token(market.vendor.owner.user_id)}"}
        operator = {"Authorization": f"Bearer {await api.token(market.operator.user_id)}"}
        assert code(await post(api, query=OTHER)) == "FORBIDDEN"
        assert code(await post(api, query=OTHER + "{", headers=vendor)) == "FORBIDDEN"
        assert code(await post(api, query=OTHER, headers=vendor)) == "FORBIDDEN"
        assert (await post(api, query=OTHER, headers=operator)).json()["data"] == {"b": "Query"}
        assert (await post(api, query=SIGNED, headers=vendor)).json()["data"]["viewer"]
        assert (await post(api, documentId=id_of(SIGNED), headers=vendor)).json()["data"]["viewer"]


def test_a_manifest_entry_must_match_its_hash(tmp_path: Path) -> None:
    """A wrong entry keeps the server from starting; the error includes the entry's name."""
    path = tmp_path / "manifest.json"
    for text, message in (
        (None, "cannot be read"),
        ("{", "cannot be read"),
        ("[]", "not a JSON object"),
        (json.dumps({id_of("{ a }"): "{ b }"}), "does not match the hash of its document"),
        (json.dumps({id_of("{ a }"): 1}), "is not the text of a document"),
    ):
        if text is not None:
            path.write_text(text)
        with pytest.raises(ManifestError, match=message):
            read_manifest(path)


def test_the_example_operations_can_be_trusted_documents(tmp_path: Path) -> None:
    """The command writes a manifest that the server reads; anyone can sign in with it."""
    printed = CliRunner().invoke(cli.app, ["documents", str(EXAMPLES)])
    assert printed.exit_code == 0, printed.output
    path = tmp_path / "manifest.json"
    path.write_text(printed.stdout)
    documents = read_manifest(path)
    assert any("signIn(" in text for text in documents.values())
    assert len(documents) == len(list(EXAMPLES.glob("*.graphql")))


def test_a_document_that_would_be_refused_is_not_listed(tmp_path: Path) -> None:
    """All problems are reported together, by file."""
    for name, text in (
        ("a", "{ no }"),
        ("b", "{"),
        ("c", "query A { a: __typename } query B { __typename }"),
    ):
        (tmp_path / f"{name}.graphql").write_text(text)
    with pytest.raises(DocumentError) as caught:
        manifest_of(tmp_path, Bounds())
    assert [line.split(": ")[0][-9:] for line in str(caught.value).splitlines()] == [
        "a.graphql", "b.graphql", "c.graphql",
    ]  # fmt: skip
    with pytest.raises(DocumentError, match=r"contains no \*.graphql files"):
        manifest_of(tmp_path / "a.graphql", Bounds())


def test_a_mode_without_a_manifest_is_an_invalid_setting() -> None:
    """It is reported when the server starts."""
    with pytest.raises(SettingsError, match=r"^TRUSTED_DOCUMENTS_MANIFEST: must specify a file"):
        load(trusted_documents="only")
