"""Our access tokens: their format, their exact expiry, and forgeries."""

import base64
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from models.accounts.tokens import access_token
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.claims import InvalidToken, TokenProblem

USER, SESSION = uuid4(), uuid4()
LATER = timedelta(days=90)


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def forged(issuer: TokenIssuer, now: datetime, **changes: object) -> str:
    """Return a token signed with the right key but with other claims; None omits a claim."""
    claims = claims_of(issuer.issue(USER, SESSION, now, now + LATER)[0]) | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, issuer.secret, headers={"typ": "at+jwt"})


def problem(issuer: TokenIssuer, token: str, now: datetime) -> TokenProblem:
    with pytest.raises(InvalidToken) as error:
        issuer.decode(token, now)
    return error.value.reason


def segment(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def test_a_token_contains_its_user_and_expiry(issuer: TokenIssuer, now: datetime) -> None:
    token, ends_at = issuer.issue(USER, SESSION, now + timedelta(milliseconds=700), now + LATER)
    claims = issuer.decode(token, now)
    assert (claims.user_id, claims.session_id, claims.issued_at) == (USER, SESSION, now)
    assert claims.ends_at == ends_at == now + timedelta(minutes=15)
    assert UUID(claims.token_id)
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "at+jwt"}
    assert claims_of(token).keys() == {"iss", "aud", "sub", "sid", "iat", "exp", "jti"}
    assert issuer.issue(USER, SESSION, now, now + LATER)[0] != token


def test_a_token_does_not_outlive_its_family(issuer: TokenIssuer, now: datetime) -> None:
    ends_at = now + timedelta(minutes=3)
    assert issuer.issue(USER, SESSION, now, ends_at)[1] == ends_at


@pytest.mark.parametrize(
    ("after_end", "valid"),
    [
        (timedelta(seconds=-1), True),
        (timedelta(microseconds=-1), True),
        (timedelta(0), False),
        (timedelta(seconds=1), False),
    ],
)
def test_a_token_is_valid_until_it_expires(
    issuer: TokenIssuer, now: datetime, after_end: timedelta, valid: bool
) -> None:
    token, ends_at = issuer.issue(USER, SESSION, now, now + LATER)
    if valid:
        assert issuer.decode(token, ends_at + after_end).user_id == USER
    else:
        assert problem(issuer, token, ends_at + after_end) is TokenProblem.EXPIRED


@pytest.mark.parametrize(("name", "ahead", "valid"), [(n, s, s <= 5) for n in ("iat", "nbf") for s in (5, 6)])
def test_a_few_seconds_of_clock_skew_are_tolerated(
    issuer: TokenIssuer, now: datetime, name: str, ahead: int, valid: bool
) -> None:
    token = forged(issuer, now, **{name: int(now.timestamp()) + ahead})
    if valid:
        issuer.decode(token, now)
    else:
        assert problem(issuer, token, now) is TokenProblem.NOT_YET_VALID


def test_any_changed_character_is_detected(issuer: TokenIssuer, now: datetime) -> None:
    token, _ = issuer.issue(USER, SESSION, now, now + LATER)
    for at in range(0, len(token), 7):
        other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        with pytest.raises(InvalidToken):
            issuer.decode(other, now)


def test_the_signature_of_another_token_is_refused(issuer: TokenIssuer, now: datetime) -> None:
    header, _, signature = issuer.issue(USER, SESSION, now, now + LATER)[0].split(".")
    body = forged(issuer, now, sub=str(uuid4())).split(".")[1]
    assert problem(issuer, f"{header}.{body}.{signature}", now) is TokenProblem.WRONG_SIGNATURE


def test_a_token_that_was_accepted_before_is_checked_again(issuer: TokenIssuer, now: datetime) -> None:
    token, ends_at = issuer.issue(USER, SESSION, now, now + LATER)
    for _ in range(2):
        assert issuer.decode(token, now).user_id == USER
    assert problem(issuer, token, ends_at) is TokenProblem.EXPIRED
    assert problem(replace(issuer, secret=b"x" * 32), token, now) is TokenProblem.WRONG_SIGNATURE
    assert problem(replace(issuer, audience="another"), token, now) is TokenProblem.WRONG_AUDIENCE
    assert problem(issuer, token[:-4] + "AAAA", now) is TokenProblem.WRONG_SIGNATURE


@pytest.mark.parametrize("name", ["none", "None", "NONE", "", "HS512", "RS256", "ES256"])
def test_no_other_algorithm_is_accepted(issuer: TokenIssuer, now: datetime, name: str) -> None:
    _, body, signature = issuer.issue(USER, SESSION, now, now + LATER)[0].split(".")
    header = segment({"alg": name, "typ": "at+jwt"})
    for tail in ("", signature):
        assert problem(issuer, f"{header}.{body}.{tail}", now) is TokenProblem.MALFORMED


def test_other_keys_are_not_accepted(issuer: TokenIssuer, now: datetime) -> None:
    claims = claims_of(issuer.issue(USER, SESSION, now, now + LATER)[0])
    other = jwt.encode(claims, b"another key, of thirty-two bytes or more", headers={"typ": "at+jwt"})
    assert problem(issuer, other, now) is TokenProblem.WRONG_SIGNATURE
    longer = jwt.encode(claims, issuer.secret.ljust(64), algorithm="HS512", headers={"typ": "at+jwt"})
    assert problem(issuer, longer, now) is TokenProblem.MALFORMED
    curve = jwt.encode(
        claims, generate_private_key(SECP256R1()), algorithm="ES256", headers={"typ": "at+jwt"}
    )
    assert problem(issuer, curve, now) is TokenProblem.MALFORMED


@pytest.mark.parametrize("kind", ["JWT", "rt+jwt", None])
def test_another_kind_of_token_is_not_an_access_token(
    issuer: TokenIssuer, now: datetime, kind: str | None
) -> None:
    claims = claims_of(issuer.issue(USER, SESSION, now, now + LATER)[0])
    token = jwt.encode(claims, issuer.secret, headers={"typ": kind})
    assert problem(issuer, token, now) is TokenProblem.MALFORMED


def test_the_kind_may_be_a_full_media_type(issuer: TokenIssuer, now: datetime) -> None:
    claims = claims_of(issuer.issue(USER, SESSION, now, now + LATER)[0])
    issuer.decode(jwt.encode(claims, issuer.secret, headers={"typ": "application/AT+JWT"}), now)


@pytest.mark.parametrize(
    ("claim", "value", "expected"),
    [
        ("iss", "someone", TokenProblem.UNKNOWN_ISSUER),
        ("iss", None, TokenProblem.MALFORMED),
        ("aud", "another-api", TokenProblem.WRONG_AUDIENCE),
        ("aud", ["another-api"], TokenProblem.WRONG_AUDIENCE),
        ("aud", {"leadgate-api": 1}, TokenProblem.WRONG_AUDIENCE),
        ("aud", None, TokenProblem.WRONG_AUDIENCE),
        ("sub", "not an id", TokenProblem.MALFORMED),
        ("sub", None, TokenProblem.MALFORMED),
        ("sid", None, TokenProblem.MALFORMED),
        ("sid", [1], TokenProblem.MALFORMED),
        ("jti", None, TokenProblem.MALFORMED),
        ("iat", None, TokenProblem.MALFORMED),
        ("exp", None, TokenProblem.MALFORMED),
        ("exp", True, TokenProblem.MALFORMED),
        ("exp", "2099-01-01", TokenProblem.MALFORMED),
        ("exp", 1e300, TokenProblem.MALFORMED),
        ("exp", 10**20, TokenProblem.MALFORMED),
        ("exp", float("inf"), TokenProblem.MALFORMED),
        ("exp", float("nan"), TokenProblem.MALFORMED),
    ],
)
def test_claims_must_be_present_and_ours(
    issuer: TokenIssuer, now: datetime, claim: str, value: object, expected: TokenProblem
) -> None:
    # PyJWT refuses to sign some of these, so they are signed as bytes.
    claims = claims_of(issuer.issue(USER, SESSION, now, now + LATER)[0]) | {claim: value}
    claims = {name: given for name, given in claims.items() if given is not None}
    token = jwt.PyJWS().encode(json.dumps(claims).encode(), issuer.secret, headers={"typ": "at+jwt"})
    assert problem(issuer, token, now) is expected


@pytest.mark.parametrize(
    "token",
    [
        "",
        "...",
        "a.b.c",
        "ü.ü.ü",
        "\ud800",
        "x" * 100_000,
        f"{segment([])}.{segment({})}.",
        f"{segment({'alg': 'HS256', 'typ': 7})}.{segment({'iss': 'leadgate'})}.",
        f"{segment({'alg': 7})}.{segment({'iss': 'leadgate'})}.",
        f"{segment({'alg': 'HS256', 'kid': 7})}.{segment({'iss': 'leadgate'})}.",
        f"{segment({'alg': 'HS256', 'crit': ['x']})}.{segment({'iss': 'leadgate'})}.",
        f"{segment({'alg': 'HS256'})}.{segment(['leadgate'])}.",
        f"{base64.urlsafe_b64encode(b'[' * 5_001).decode()}.{segment({})}.",
        f"{segment({'alg': 'HS256'})}.{base64.urlsafe_b64encode(b'[' * 5_001).decode()}.",
    ],
)
def test_garbage_is_a_malformed_token(issuer: TokenIssuer, now: datetime, token: str) -> None:
    assert problem(issuer, token, now) is TokenProblem.MALFORMED


def test_a_short_key_is_refused_and_no_key_is_shown() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        TokenIssuer(b"x" * 31)
    assert "yyyy" not in repr(TokenIssuer(b"y" * 32))


def test_a_token_that_is_known_expires_at_its_time(issuer: TokenIssuer, now: datetime) -> None:
    """What is kept of a token is only what its bytes say: not that it was valid."""
    token, ends_at = issuer.issue(USER, SESSION, now, now + LATER)
    early = forged(issuer, now, iat=int(now.timestamp()) + 60, exp=int(now.timestamp()) + 600)
    for _ in range(2):
        assert issuer.decode(token, ends_at - timedelta(microseconds=1)).user_id == USER
        assert problem(issuer, token, ends_at) is TokenProblem.EXPIRED
        assert problem(issuer, early, now) is TokenProblem.NOT_YET_VALID
        assert issuer.decode(early, now + timedelta(minutes=2)).session_id == SESSION


def test_a_known_token_is_good_for_its_own_issuer_only(issuer: TokenIssuer, now: datetime) -> None:
    """The key and the names belong to what is kept."""
    token, _ = issuer.issue(USER, SESSION, now, now + LATER)
    issuer.decode(token, now)
    assert problem(replace(issuer, secret=b"x" * 32), token, now) is TokenProblem.WRONG_SIGNATURE
    assert problem(replace(issuer, audience="another"), token, now) is TokenProblem.WRONG_AUDIENCE


def test_the_number_of_known_tokens_is_bounded(issuer: TokenIssuer, now: datetime) -> None:
    """Tokens that are not ours are not kept at all."""
    before = access_token._signed.cache_info()
    for _ in range(3):
        problem(replace(issuer, secret=b"y" * 32), issuer.issue(USER, SESSION, now, now + LATER)[0], now)
    after = access_token._signed.cache_info()
    assert after.maxsize == 4_096
    assert after.currsize == before.currsize
