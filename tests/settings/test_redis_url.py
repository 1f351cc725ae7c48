"""REDIS_URL is read when the process starts; what is wrong is one line without a part of the address."""

import pytest

from settings import SettingsError, load
from settings.redis_url import check_redis_url, read_sentinel_url


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost",
        "redis://u:p%3Fw@[::1]:6379/0?socket_timeout=2",
        "rediss://redis.example:6380/0?ssl_cert_reqs=required",
        "unix://u:p@/run/redis.sock?db=1",
        "redis+sentinel://u:p@s1:1,[::1]:2/name?db=1&sentinel_password=w",
    ],
)
def test_an_address_of_redis_is_accepted(url: str) -> None:
    assert load(redis_url=url).redis_url == url


@pytest.mark.parametrize(
    "url",
    [
        "redis://h:hidden/0",
        "redis://:hidden?x@h/0",
        "redis://:hidden/x@h/0",
        "redis://[hidden",
        "redis://h:70000",
        "redis://a..b",
        "redis://h?hidden=1",
        "redis://h?socket_timeout=hidden",
        "redis+sentinel://u:p/x?hidden@s1/name",
        "redis+sentinel://u:p@s1/name?hidden@x",
        "redis+sentinel://a..b/name",
        "redis+sentinel://s1:70000/name",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^REDIS_URL: ") as refused:
        load(redis_url=url)
    assert "hidden" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_unknown_option_is_named_where_no_password_can_be() -> None:
    with pytest.raises(ValueError, match="has the unknown option 'dbs'; known are db, "):
        read_sentinel_url("redis+sentinel://s1/name?dbs=1")


def test_a_direct_address_is_not_asked_while_it_is_checked() -> None:
    check_redis_url("redis://192.0.2.1:1/0")
