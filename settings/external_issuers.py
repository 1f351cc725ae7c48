"""Settings of tokens from external issuers: issuers, keys, token types, clients and lifetime."""

import re
from typing import Annotated, NamedTuple

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode

from settings.addresses import is_safe
from settings.lists import pairs

_TYPE = re.compile(r"none|[a-z0-9][a-z0-9+.-]*")


class OidcIssuer(NamedTuple):
    """An issuer whose tokens are accepted in addition to our own, and the URL of its keys."""

    issuer: str
    jwks_url: str


class OfIssuer(NamedTuple):
    """A token type or client that is accepted from one of these issuers."""

    issuer: str
    accepted: str


class IssuerSettings(BaseSettings):
    """A part of `settings.Settings`."""

    oidc_issuers: Annotated[tuple[OidcIssuer, ...], NoDecode] = Field(
        default=(), description="External token issuers, `issuer=jwks_url`, comma-separated"
    )
    oidc_audience: str = Field(
        default="leadgate", description="Audience required in tokens from external issuers"
    )
    oidc_token_types: Annotated[tuple[OfIssuer, ...], NoDecode] = Field(
        default=(),
        description="Token types accepted in addition to `at+jwt`, as `issuer=jwt` (`none` for tokens "
        "without a type), comma-separated",
    )
    oidc_clients: Annotated[tuple[OfIssuer, ...], NoDecode] = Field(
        default=(),
        description="Clients to which an issuer's tokens are restricted, `issuer=client_id`, comma-separated",
    )
    oidc_token_minutes: int = Field(
        default=60,
        ge=1,
        le=1440,
        description="Maximum lifetime of tokens from external issuers, in minutes from `iat`",
    )

    @field_validator("oidc_issuers", mode="before")
    @classmethod
    def _issuers(cls, value: object) -> object:
        found = pairs(value)
        if isinstance(value, str) and isinstance(found, tuple):
            if not all(is_safe(url) for pair in found for url in pair):
                raise ValueError("must be issuer=jwks_url pairs of https addresses")
            return tuple(OidcIssuer(*pair) for pair in found)
        return found

    @field_validator("oidc_token_types", "oidc_clients", mode="before")
    @classmethod
    def _of_issuers(cls, value: object, info: ValidationInfo) -> object:
        found = pairs(value)
        if not isinstance(value, str) or not isinstance(found, tuple):
            return found
        form = "issuer=type" if info.field_name == "oidc_token_types" else "issuer=client_id"
        issuers = {one.issuer for one in info.data.get("oidc_issuers", ())}
        for issuer, accepted in found:
            if not accepted:
                raise ValueError(f"must be {form} pairs")
            if issuer not in issuers:
                raise ValueError("must only contain issuers from OIDC_ISSUERS")
        if info.field_name == "oidc_clients":
            return tuple(OfIssuer(*pair) for pair in found)
        types = tuple(OfIssuer(issuer, accepted.lower()) for issuer, accepted in found)
        if not all(_TYPE.fullmatch(one.accepted) for one in types):
            raise ValueError("must be issuer=type pairs, with types such as jwt")
        return types
