"""Frames are counted where they begin, however the bytes are split."""

import random

import pytest

from schema.http.frames import Frames


def frame(size: int, *, masked: bool = True) -> bytes:
    """Return a frame with a payload of this many bytes."""
    mask = 0x80 if masked else 0
    if size < 126:
        length = bytes([mask | size])
    elif size < 65_536:
        length = bytes([mask | 126]) + size.to_bytes(2)
    else:
        length = bytes([mask | 127]) + size.to_bytes(8)
    return b"\x81" + length + (b"mask" if masked else b"") + b"x" * size


SIZES = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000]


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_a_frame_of_any_length_is_separated_at_its_end(size: int, masked: bool) -> None:
    one = frame(size, masked=masked)
    frames = Frames()
    assert frames.cut(bytearray(one + one), 10**9, 1) == (len(one), 1)
    assert not frames.is_inside
    assert frames.cut(bytearray(one), 10**9, 5) == (len(one), 1)


def test_no_more_frames_are_started_than_allowed() -> None:
    """A frame that has begun continues."""
    frames, data = Frames(), bytearray(frame(10) * 3)
    assert frames.cut(data, 5, 1) == (5, 1)
    assert frames.is_inside
    assert frames.cut(data[5:], 10**9, 0) == (len(frame(10)) - 5, 0)
    assert frames.cut(data, 10**9, 0) == (0, 0)


def test_pieces_of_any_size_have_the_same_frames() -> None:
    chance = random.Random(5)
    for _ in range(200):
        sizes = [chance.choice(SIZES[:5]) for _ in range(chance.randint(1, 20))]
        data = bytearray(b"".join(frame(size) for size in sizes))
        frames, found = Frames(), 0
        while data:
            came = data[: chance.randint(1, 40)]
            read, begun = frames.cut(came, chance.randint(1, 40), chance.randint(1, 3))
            assert read > 0
            del data[:read]
            found += begun
        assert (found, frames.is_inside) == (len(sizes), False)
