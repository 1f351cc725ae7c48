"""What messages about webhooks say: a webhook has no words, its body names the object only."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from models.base.database import Connection
from models.feed.kinds import MessageTemplate
from models.feed.wording.notices import NoticeText
from models.messages.letters import Letter, MessageHead, Words, register


def _nothing(_: str, __: str) -> NoticeText:
    return NoticeText("", "")


async def _no_words(_: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, Words]:
    return {message.id: _nothing for message in messages}


register(Letter(MessageTemplate.WEBHOOK_APPLICATION, read=_no_words))
register(Letter(MessageTemplate.WEBHOOK_DELIVERY, read=_no_words))
register(Letter(MessageTemplate.WEBHOOK_COMPLAINT, read=_no_words))
register(Letter(MessageTemplate.WEBHOOK_CHAT, read=_no_words))
register(Letter(MessageTemplate.WEBHOOK_TEST, read=_no_words))
register(Letter(MessageTemplate.WEBHOOK_DISABLED))
