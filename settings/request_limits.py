"""Settings of the limits of requests: sizes, cost, time, rates and trusted documents."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode

from settings.lists import separated


class LimitSettings(BaseSettings):
    """A part of `settings.Settings`."""

    introspection: bool = Field(default=True, description="Whether introspection is allowed")
    suggestions: bool = Field(
        default=True, description="Whether errors suggest similar names; requires INTROSPECTION"
    )
    request_body_limit: int = Field(
        default=10_000_000,
        ge=1_000,
        le=1_000_000_000,
        description="Maximum size of a request body, in bytes; applies to uploads by signed-in users",
    )
    json_body_limit: int = Field(
        default=1_000_000,
        ge=1_000,
        le=10_000_000,
        description="Maximum size of a request body that is not an upload, in bytes",
    )
    max_values: int = Field(
        default=20_000,
        ge=100,
        le=1_000_000,
        description="Maximum number of values in the variables of an operation, including lists and objects",
    )
    max_document_length: int = Field(
        default=50_000,
        ge=100,
        le=1_000_000,
        description="Maximum length of a GraphQL document, in characters",
    )
    max_tokens: int = Field(
        default=2_000, ge=20, le=50_000, description="Maximum number of tokens in a GraphQL document"
    )
    max_depth: int = Field(
        default=15, ge=1, le=100, description="Maximum query depth; introspection is not counted"
    )
    max_aliases: int = Field(
        default=30, ge=0, le=10_000, description="Maximum number of aliases, counted at every fragment spread"
    )
    max_directives: int = Field(
        default=50,
        ge=0,
        le=10_000,
        description="Maximum number of directives, counted at every fragment spread",
    )
    max_root_mutations: int = Field(
        default=5, ge=1, le=100, description="Maximum number of mutations per request"
    )
    max_cost: int = Field(
        default=5_000,
        ge=10,
        le=1_000_000,
        description="Maximum cost of an operation: 1 per object, `first` per list",
    )
    query_timeout_seconds: float = Field(
        default=20.0, ge=0.1, le=3_600, description="Time limit for a query or mutation, in seconds"
    )
    statement_timeout_ms: int = Field(
        default=30_000, ge=100, le=3_600_000, description="Time limit for an SQL statement, in milliseconds"
    )
    read_timeout_ms: int = Field(
        default=5_000,
        ge=100,
        le=3_600_000,
        description="Time limit for an SQL statement of a query, in milliseconds",
    )
    statements_per_user: int = Field(
        default=3,
        ge=1,
        le=1_000,
        description="Maximum number of concurrent SQL statements for one user's queries per process; "
        "the same for mutations",
    )
    sockets_per_user: int = Field(
        default=20, ge=1, le=10_000, description="Maximum number of WebSockets per user and process"
    )
    subscriptions_per_user: int = Field(
        default=50, ge=1, le=10_000, description="Maximum number of subscriptions per user and process"
    )
    stored_bytes_per_account: int = Field(
        default=200_000_000,
        ge=1_000_000,
        le=1_000_000_000_000,
        description="Storage quota for the files of one account, in bytes",
    )
    rate_limit_cost_per_minute: int = Field(
        default=60_000,
        ge=0,
        le=100_000_000,
        description="Cost that a user may spend per minute; 0 disables the limit",
    )
    rate_limit_burst: int = Field(
        default=20_000,
        ge=10,
        le=100_000_000,
        description="Cost that a user may spend in a burst after being idle",
    )
    trusted_documents: Literal["off", "allow", "only"] = Field(
        default="off",
        description="Whether trusted documents are accepted by id: off, allow (in addition to "
        "other documents) or only (no other documents, except from operators)",
    )
    trusted_documents_manifest: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        validate_default=True,
        description="Paths of manifests of trusted documents, comma-separated; written by "
        "`leadgate documents`, Relay or Apollo",
    )
    automatic_persisted_queries: bool = Field(
        default=False,
        description="Whether clients may register documents by their hash (APQ); cannot be combined with "
        "TRUSTED_DOCUMENTS=only",
    )
    automatic_persisted_query_bytes: int = Field(
        default=2_000_000,
        ge=10_000,
        le=1_000_000_000,
        description="Size of the store of automatic persisted queries per process, in bytes",
    )

    @field_validator("trusted_documents_manifest", mode="before")
    @classmethod
    def _paths(cls, value: object) -> object:
        return (value,) if isinstance(value, Path) else separated(value)

    @field_validator("trusted_documents_manifest")
    @classmethod
    def _given_where_it_is_read(cls, value: tuple[Path, ...], info: ValidationInfo) -> tuple[Path, ...]:
        mode = info.data.get("trusted_documents", "off")  # absent if it is invalid itself
        if not value and mode != "off":
            raise ValueError(f"must specify a file, because TRUSTED_DOCUMENTS is {mode}")
        return value

    @field_validator("automatic_persisted_queries")
    @classmethod
    def _never_with_trusted_ones_only(cls, value: bool, info: ValidationInfo) -> bool:
        if value and info.data.get("trusted_documents") == "only":
            raise ValueError("must be false, because TRUSTED_DOCUMENTS is only")
        return value
