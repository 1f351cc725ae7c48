"""Settings of the limits of requests: sizes, cost, time, rates and trusted documents."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings


class LimitSettings(BaseSettings):
    """A part of `settings.Settings`."""

    introspection: bool = Field(default=True, description="Whether the schema can be asked for")
    suggestions: bool = Field(
        default=True, description="Whether errors name what may have been meant; never without INTROSPECTION"
    )
    request_body_limit: int = Field(
        default=10_000_000,
        ge=1_000,
        le=1_000_000_000,
        description="Largest request of all, an upload of somebody signed in, bytes",
    )
    json_body_limit: int = Field(
        default=1_000_000, ge=1_000, le=10_000_000, description="Largest request that is no upload, bytes"
    )
    max_values: int = Field(
        default=20_000,
        ge=100,
        le=1_000_000,
        description="Most values in the variables of an operation, lists and objects counted as well",
    )
    max_document_length: int = Field(
        default=50_000, ge=100, le=1_000_000, description="Longest GraphQL document, characters"
    )
    max_tokens: int = Field(default=2_000, ge=20, le=50_000, description="Most tokens of a GraphQL document")
    max_depth: int = Field(
        default=15, ge=1, le=100, description="Most fields within fields; introspection does not count"
    )
    max_aliases: int = Field(
        default=30, ge=0, le=10_000, description="Most aliases, counted wherever a fragment is spread"
    )
    max_directives: int = Field(
        default=50, ge=0, le=10_000, description="Most directives, counted wherever a fragment is spread"
    )
    max_root_mutations: int = Field(default=5, ge=1, le=100, description="Most mutations in one request")
    max_cost: int = Field(
        default=5_000,
        ge=10,
        le=1_000_000,
        description="Most that an operation may cost: an object 1, a list its `first`",
    )
    query_timeout_seconds: float = Field(
        default=20.0, ge=0.1, le=3_600, description="Longest query or mutation, seconds"
    )
    statement_timeout_ms: int = Field(
        default=30_000, ge=100, le=3_600_000, description="Longest SQL statement, milliseconds"
    )
    read_timeout_ms: int = Field(
        default=5_000, ge=100, le=3_600_000, description="Longest SQL statement of a query, milliseconds"
    )
    statements_per_user: int = Field(
        default=3,
        ge=1,
        le=1_000,
        description="Most SQL statements of one user's queries at once, in one process; as many of mutations",
    )
    sockets_per_user: int = Field(
        default=20, ge=1, le=10_000, description="Most sockets of one user, in one process"
    )
    subscriptions_per_user: int = Field(
        default=50, ge=1, le=10_000, description="Most subscriptions of one user, in one process"
    )
    stored_bytes_per_account: int = Field(
        default=200_000_000,
        ge=1_000_000,
        le=1_000_000_000_000,
        description="Most that the files of one account may have together, bytes",
    )
    rate_limit_cost_per_minute: int = Field(
        default=60_000, ge=0, le=100_000_000, description="Cost that a user may ask in a minute; 0: no limit"
    )
    rate_limit_burst: int = Field(
        default=20_000, ge=10, le=100_000_000, description="Cost that a user may ask at once, after a pause"
    )
    trusted_documents: Literal["off", "allow", "only"] = Field(
        default="off",
        description="Documents by `documentId`: off, allow (besides others) or only (save for operators)",
    )
    trusted_documents_manifest: Path | None = Field(
        default=None,
        validate_default=True,
        description="File of trusted documents, as `leadgate documents` writes it",
    )

    @field_validator("trusted_documents_manifest")
    @classmethod
    def _given_where_it_is_read(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        mode = info.data.get("trusted_documents", "off")  # not there when it is wrong itself
        if value is None and mode != "off":
            raise ValueError(f"must name a file, since TRUSTED_DOCUMENTS is {mode}")
        return value
