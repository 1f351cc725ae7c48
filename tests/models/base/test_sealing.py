"""Sealed secrets: opened only with the same key, at the same place, and unchanged."""

import pytest

from models.base.sealing import SealBroken, Sealer

KEY = b"a-key-of-seals-in-this-test-only"


def test_what_is_sealed_is_opened_and_different_each_time() -> None:
    sealer = Sealer(KEY)
    first, second = sealer.seal("device:1", b"secret"), sealer.seal("device:1", b"secret")
    assert first != second
    assert b"secret" not in first
    assert sealer.open("device:1", first) == sealer.open("device:1", second) == b"secret"
    assert KEY.decode() not in repr(sealer)


def test_another_place_another_key_or_a_changed_byte_does_not_open_it() -> None:
    sealed = Sealer(KEY).seal("device:1", b"secret")
    for label, key, content in (
        ("device:2", KEY, sealed),
        ("device:1", KEY[::-1], sealed),
        ("device:1", KEY, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("device:1", KEY, b"\x02" + sealed[1:]),
        ("device:1", KEY, sealed[:5]),
    ):
        with pytest.raises(SealBroken):
            Sealer(key).open(label, content)
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(KEY[:-1])
