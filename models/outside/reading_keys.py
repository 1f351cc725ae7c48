"""OpenPGP keys of strangers, read in processes of their own: two at a time, others wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from models.contact_data.redaction import Redacted
from models.process.separate import SeparateFailed, SeparateProgram

PROGRAM = Path(__file__).with_name("key_process.py")
SECONDS = 4.0  # of a process, which has two seconds of CPU time: they take longer on a busy machine
_MOST_BYTES = 16 << 10


@dataclass(frozen=True, slots=True, repr=False)
class Key(Redacted):
    """A valid key: its fingerprint, and the name that is written in its user id, which may be empty."""

    fingerprint: str
    name: str


class KeyReader:
    """Reads keys."""

    def __init__(self) -> None:
        """Start with all turns free."""
        self._program = SeparateProgram(PROGRAM, seconds=SECONDS, most_bytes=_MOST_BYTES)

    async def keys(self, content: bytes, address: str, now: datetime) -> Sequence[Key]:
        """Return the keys of an address that are valid now; none for what are no keys or takes too long."""
        try:
            given = address.encode() + b"\n" + content
            answer = await self._program.answer(now.isoformat(), content=given)
        except SeparateFailed:
            return []
        return [Key(fingerprint, name) for fingerprint, name in orjson.loads(answer)]
