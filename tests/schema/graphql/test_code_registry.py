"""The registry of error codes has every code and reason that the server raises, and no other."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

from models.base.refusal import RefusalCode
from schema.graphql import errors
from schema.graphql.authentication import _REASONS as TOKEN_REASONS
from schema.graphql.error_codes import (
    RETRY_OF_REASON,
    TOP_LEVEL_CODES,
    TOP_LEVEL_REASONS,
    USER_CODES,
    code_tables,
)
from schema.graphql.error_reasons import all_reasons
from schema.graphql.errors import TOKEN_INVALID

ROOT = Path(__file__).parents[3]
Raised = tuple[str, str | None]  # a code, and a finer reason
OF_TOKENS = "_REASONS.get(error.reason, TOKEN_INVALID)"  # of `authenticate`


def text_of(module: str, node: ast.expr) -> str:
    """The text of a literal or of a module's constant."""
    if isinstance(node, ast.Name):
        value = getattr(importlib.import_module(module), node.id)
    else:
        value = ast.literal_eval(node)
    assert isinstance(value, str)
    return value


def of_call(module: str, call: ast.Call) -> Iterator[Raised]:
    """What a call of `ClientError` or `with_code` says."""
    name = ast.unparse(call.func)
    if name == "with_code" and isinstance(call.args[1], ast.Name):
        yield text_of(module, call.args[1]), None
    if name != "ClientError":
        return
    code = text_of(module, call.args[0])
    reason = next((one.value for one in call.keywords if one.arg == "reason"), None)
    if reason is None:
        yield code, None
    elif ast.unparse(reason) == OF_TOKENS:
        yield from ((code, one) for one in (*TOKEN_REASONS.values(), TOKEN_INVALID))
    else:
        yield code, text_of(module, reason)


def of_extensions(module: str, extensions: ast.Dict) -> Iterator[Raised]:
    """The code in a dictionary of extensions, unless a variable has it."""
    for key, value in zip(extensions.keys, extensions.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "code" and isinstance(value, ast.Constant):
            yield text_of(module, value), None


def of_library() -> Iterator[Raised]:
    """The codes that errors of graphql-core get."""
    names = inspect.getclosurevars(errors._code_of_library).globals
    yield from ((value, None) for value in names.values() if isinstance(value, str) and value.isupper())


def raised() -> Iterator[Raised]:
    """Everything that the API puts into `extensions`, but the codes and reasons of refusals."""
    yield from of_library()
    for path in sorted((ROOT / "schema").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from of_call(module, node)
            elif isinstance(node, ast.Dict):
                yield from of_extensions(module, node)


def test_user_codes_are_those_of_refusals() -> None:
    assert set(USER_CODES) == {code.value for code in RefusalCode}


def test_top_level_codes_are_those_that_the_server_raises() -> None:
    assert {code for code, _ in raised()} - set(USER_CODES) == set(TOP_LEVEL_CODES)


def test_top_level_reasons_are_those_that_the_server_raises() -> None:
    """Each with its code."""
    assert {(code, reason) for code, reason in raised() if reason} == {
        (code, reason) for reason, (code, _) in TOP_LEVEL_REASONS.items()
    }


def test_advice_on_retrying_is_about_reasons_that_exist() -> None:
    assert set(RETRY_OF_REASON) <= {reason.name for _, reason in all_reasons()}


def test_the_documentation_has_every_code() -> None:
    assert code_tables() in (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
