"""Data loaders of stored files, one statement per batch."""

from collections.abc import Sequence
from uuid import UUID

from models.base.database import connection
from models.base.keyset import Page, Slice
from models.base.viewer import Viewer
from models.files.list import FileOrder, FileView, files_by_id, files_of, leads_of_files
from models.files.tables import FileKind
from schema.graphql.loading import DataLoader

FilesKey = tuple[UUID, FileKind | None, FileOrder, int]


class FileLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.by_id: DataLoader[UUID, FileView | None] = DataLoader(load_fn=self._by_id)
        self.leads_of: DataLoader[UUID, list[UUID]] = DataLoader(load_fn=self._leads_of)
        self.of_account: DataLoader[FilesKey, Page[FileView]] = DataLoader(load_fn=self._of_account)

    async def _by_id(self, ids: Sequence[UUID]) -> list[FileView | None]:
        found = await files_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _leads_of(self, ids: Sequence[UUID]) -> list[list[UUID]]:
        found = await leads_of_files(connection(), ids)
        return [found[one] for one in ids]

    async def _of_account(self, keys: Sequence[FilesKey]) -> list[Page[FileView]]:
        pages = {}
        for kind, order, size in {key[1:] for key in keys}:
            accounts = [key[0] for key in keys if key[1:] == (kind, order, size)]
            pages[kind, order, size] = await files_of(
                connection(), self._viewer, accounts, kind, order, Slice(size)
            )
        return [pages[key[1:]][key[0]] for key in keys]
