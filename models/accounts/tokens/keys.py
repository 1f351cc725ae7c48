"""Parses a set of public keys (RFC 7517): the usable keys, each with one algorithm."""

from dataclasses import dataclass
from typing import Any, cast

import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.algorithms import AllowedPublicKeys
from jwt.exceptions import PyJWTError

SHORTEST_RSA = 2_048  # bits; RFC 7518, 3.3
MOST_KEYS = 100

# Each kind of key has exactly one algorithm, so a token cannot choose another (RFC 8725, 3.1). None is
# symmetric: a public key can never be used as an HMAC secret.
_ALGORITHMS = {("RSA", None): "RS256", ("EC", "P-256"): "ES256", ("OKP", "Ed25519"): "EdDSA"}
ALGORITHMS = frozenset(_ALGORITHMS.values())


class InvalidKeySet(ValueError):  # noqa: N818 - never leaves this package
    """A document is not a set of keys."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key that may verify tokens of one algorithm."""

    key_id: str | None
    algorithm: str
    public: AllowedPublicKeys


def parse_key_set(document: bytes) -> tuple[Key, ...]:
    """Return the usable keys, at most 100; others are left out. Raises `InvalidKeySet`."""
    try:
        parsed = orjson.loads(document)
    except orjson.JSONDecodeError:
        raise InvalidKeySet("is not JSON") from None
    listed = parsed.get("keys") if isinstance(parsed, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_KEYS:
        raise InvalidKeySet(f"has no `keys` list of at most {MOST_KEYS} keys")
    keys = (_key(jwk) for jwk in listed if isinstance(jwk, dict))
    return tuple(key for key in keys if key is not None)


def choose_key(keys: tuple[Key, ...], key_id: str | None, algorithm: str) -> Key | None:
    """Return the key that a token's header specifies; without a `kid`, the only key of its algorithm."""
    fitting = [key for key in keys if key.algorithm == algorithm and key_id in (None, key.key_id)]
    return fitting[0] if len(fitting) == 1 else None


def _key(jwk: dict[str, Any]) -> Key | None:
    kind, curve = jwk.get("kty"), jwk.get("crv")
    algorithm = (
        _ALGORITHMS.get((kind, curve)) if isinstance(kind, str) and isinstance(curve, str | None) else None
    )
    operations = jwk.get("key_ops", ["verify"])
    unusable = (
        algorithm is None
        or jwk.get("alg", algorithm) != algorithm
        or jwk.get("use", "sig") != "sig"
        or not isinstance(operations, list)
        or "verify" not in operations
        or "d" in jwk  # a published private key: its signatures prove nothing
        or not isinstance(jwk.get("kid"), str | None)
    )
    if algorithm is None or unusable:
        return None
    try:
        public = PyJWK(jwk, algorithm).key
    except (PyJWTError, ValueError, TypeError, KeyError):
        return None
    if isinstance(public, RSAPublicKey) and public.key_size < SHORTEST_RSA:
        return None
    return Key(jwk.get("kid"), algorithm, cast("AllowedPublicKeys", public))
