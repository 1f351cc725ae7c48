"""Smart contact data as the settings configure it: the keys, the sources that are asked, and how."""

from collections.abc import Collection
from functools import partial

from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.outside.mail_exchange import ask_mail_exchange
from models.outside.resolver import system_resolver
from models.outside.sources.source import OutsideOutcome, OutsideSource, Question, SourceAnswer
from models.smart_data.context import SmartDataContext
from models.smart_data.run import Answered, Outside
from settings import Settings

SOURCES = frozenset({OutsideSource.WEBSITE, OutsideSource.MAIL_DNS})


def smart_data_context(settings: Settings) -> SmartDataContext:
    """Return what smart contact data needs; generates the keys that are missing."""
    return SmartDataContext(KeyedHash(settings.hashing_key()), Sealer(settings.sealing_key()), SOURCES)


def configured_outside() -> Outside:
    """Return how a worker asks the sources, and name servers about a domain's mail."""
    resolver = system_resolver()
    return Outside(_ask_nobody, None if resolver is None else partial(ask_mail_exchange, resolver))


async def _ask_nobody(
    sources: Collection[OutsideSource],
    question: Question,  # noqa: ARG001 - nobody is asked
    *,
    answered: Answered | None = None,
) -> tuple[SourceAnswer, ...]:
    """Skip every source."""
    answers = tuple(SourceAnswer(source, OutsideOutcome.SKIPPED) for source in sources)
    for answer in answers:
        if answered is not None:
            await answered(answer)
    return answers
