"""Data loaders of chats, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.keyset import Page, Slice
from models.base.viewer import Viewer
from models.chat.attempts import MaskedAttempts, attempts_of
from models.chat.heads import Head, heads_of
from models.chat.list import first_unread_of, messages_by_id, messages_of
from models.chat.views import ChatMessageView
from models.leads.views import ApplicationView
from schema.graphql.loading import DataLoader


class ChatLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time.

    Chats are loaded by the view of their application, because that decides what is masked.
    """

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.head: DataLoader[ApplicationView, Head] = DataLoader(load_fn=self._heads)
        self.first_unread: DataLoader[Head, ChatMessageView | None] = DataLoader(load_fn=self._first_unread)
        self.message: DataLoader[UUID, ChatMessageView | None] = DataLoader(load_fn=self._message)
        self.messages: DataLoader[tuple[Head, Slice], Page[ChatMessageView]] = DataLoader(
            load_fn=self._messages
        )
        self.attempts: DataLoader[Head, MaskedAttempts] = DataLoader(load_fn=self._attempts)

    async def _heads(self, applications: Sequence[ApplicationView]) -> list[Head]:
        return await heads_of(connection(), self._viewer, applications)

    async def _first_unread(self, heads: Sequence[Head]) -> list[ChatMessageView | None]:
        return await first_unread_of(connection(), heads)

    async def _attempts(self, heads: Sequence[Head]) -> list[MaskedAttempts]:
        return await attempts_of(connection(), heads)

    async def _message(self, ids: Sequence[UUID]) -> list[ChatMessageView | None]:
        found = await messages_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _messages(self, keys: Sequence[tuple[Head, Slice]]) -> list[Page[ChatMessageView]]:
        found: dict[tuple[Head, Slice], Page[ChatMessageView]] = {}
        for part in {part for _, part in keys}:
            heads = [head for head, asked in keys if asked == part]
            pages = await messages_of(connection(), heads, part)
            found.update(zip([(head, part) for head in heads], pages, strict=True))
        return [found[key] for key in keys]
