"""Smart contact data as the settings configure it: the keys, the sources that are asked, and how."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.outside.asking import ask_all
from models.outside.configured import open_door, reserved_names, sources_on
from models.outside.sources.source import OutsideSource, Question, SourceAnswer
from models.outside.tally import count_asked
from models.smart_data.context import SmartDataContext
from models.smart_data.run import Answered, Outside
from settings import Settings


def smart_data_context(settings: Settings) -> SmartDataContext:
    """Return what smart contact data needs; generates the keys that are missing."""
    return SmartDataContext(
        KeyedHash(settings.hashing_key()),
        Sealer(settings.sealing_key()),
        sources_on(settings),
        reserved_names(settings),
    )


@asynccontextmanager
async def configured_outside(settings: Settings) -> AsyncIterator[Outside]:
    """Open the door through which a worker asks the sources, and close it at the end."""
    door = open_door(settings, count_asked)

    async def ask(
        sources: Collection[OutsideSource], question: Question, *, answered: Answered | None = None
    ) -> tuple[SourceAnswer, ...]:
        return await ask_all(sources, question, door, answered=answered)

    try:
        yield Outside(ask, door.dns.mail_exchange)
    finally:
        await door.aclose()
