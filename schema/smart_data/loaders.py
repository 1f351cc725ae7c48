"""Data loaders of smart contact data, a fixed number of statements per batch."""

from collections.abc import Sequence
from uuid import UUID

from graphql import FieldNode

from models.accounts.list import UserView, colleagues_by_id, users_by_id
from models.base.database import connection
from models.base.keyset import Count, Page
from models.base.viewer import Viewer
from models.leads.views import LeadView
from models.smart_data.account_settings import SettingsView, settings_of
from models.smart_data.context import SmartDataContext
from models.smart_data.found_fields import FoundFieldView
from models.smart_data.list import (
    OrganisationView,
    SearchView,
    count_people_of,
    found_fields_by_id,
    images_of,
    organisations_of_leads,
    people_of,
    searches_by_id,
)
from models.smart_data.state import SmartDataView
from models.smart_data.targets import (
    OrganisationCase,
    organisation_cases,
    states_of_leads,
    states_of_organisations,
)
from schema.graphql.context import Info
from schema.graphql.loading import DataLoader, by_size
from schema.graphql.selected_fields import nodes_of
from schema.smart_data.kinds import Kinds, kinds_asked


class SmartDataLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer, context: SmartDataContext) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer, self._context = viewer, context
        self.of_lead: DataLoader[tuple[UUID, str | None, Kinds], SmartDataView | None] = DataLoader(
            load_fn=self._of_lead
        )
        self.organisation_of_lead: DataLoader[tuple[UUID, str | None], OrganisationView | None] = DataLoader(
            load_fn=self._organisation_of_lead
        )
        self.case: DataLoader[UUID, OrganisationCase | None] = DataLoader(load_fn=self._case)
        self.of_organisation: DataLoader[UUID, SmartDataView | None] = DataLoader(
            load_fn=self._of_organisation
        )
        self.people: DataLoader[tuple[UUID, int], Page[LeadView]] = DataLoader(load_fn=self._people)
        self.counts: DataLoader[UUID, Count] = DataLoader(load_fn=self._counts)
        self.search: DataLoader[UUID, SearchView | None] = DataLoader(load_fn=self._search)
        self.field: DataLoader[UUID, FoundFieldView | None] = DataLoader(load_fn=self._field)
        self.image: DataLoader[UUID, bytes | None] = DataLoader(load_fn=self._image)
        self.settings: DataLoader[UUID, SettingsView | None] = DataLoader(load_fn=self._settings)
        self.user: DataLoader[UUID, UserView | None] = DataLoader(load_fn=self._user)
        self._kinds: dict[int, tuple[list[FieldNode], Kinds]] = {}  # the nodes keep their id taken

    def kinds_in(self, info: Info) -> Kinds:
        """Return the kinds of values that a field `smartData` needs, worked out once for all its objects."""
        nodes = nodes_of(info)
        known = self._kinds.get(id(nodes))
        if known is None:
            known = self._kinds[id(nodes)] = nodes, kinds_asked(info)
        return known[1]

    async def _of_lead(self, keys: Sequence[tuple[UUID, str | None, Kinds]]) -> list[SmartDataView | None]:
        account_id = self._viewer.vendor_id
        if account_id is None:
            return [None] * len(keys)
        emails = {lead_id: email for lead_id, email, _ in keys}
        kinds: Kinds = frozenset()
        for asked in {asked for _, _, asked in keys}:
            kinds = None if kinds is None or asked is None else kinds | asked
        found = await states_of_leads(connection(), self._context, account_id, emails, kinds)
        return [found.get(lead_id) for lead_id, _, _ in keys]

    async def _organisation_of_lead(
        self, keys: Sequence[tuple[UUID, str | None]]
    ) -> list[OrganisationView | None]:
        account_id = self._viewer.vendor_id
        if account_id is None:
            return [None] * len(keys)
        found = await organisations_of_leads(connection(), self._context, account_id, dict(keys))
        return [found.get(lead_id) for lead_id, _ in keys]

    async def _case(self, ids: Sequence[UUID]) -> list[OrganisationCase | None]:
        account_id = self._viewer.vendor_id
        if account_id is None:
            return [None] * len(ids)
        found = await organisation_cases(connection(), self._context, account_id, ids)
        return [found.get(one) for one in ids]

    async def _of_organisation(self, ids: Sequence[UUID]) -> list[SmartDataView | None]:
        account_id = self._viewer.vendor_id
        if account_id is None:
            return [None] * len(ids)
        cases = [case for case in await self.case.load_many(list(ids)) if case is not None]
        found = await states_of_organisations(connection(), self._context, account_id, cases)
        return [found.get(one) for one in ids]

    async def _people(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[LeadView]]:
        return await by_size(keys, lambda ids, size: people_of(connection(), self._viewer, ids, size))

    async def _counts(self, ids: Sequence[UUID]) -> list[Count]:
        found = await count_people_of(connection(), self._viewer, ids)
        return [found[one] for one in ids]

    async def _search(self, ids: Sequence[UUID]) -> list[SearchView | None]:
        found = await searches_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _field(self, ids: Sequence[UUID]) -> list[FoundFieldView | None]:
        found = await found_fields_by_id(connection(), self._context, self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _image(self, ids: Sequence[UUID]) -> list[bytes | None]:
        account_id = self._viewer.vendor_id
        if account_id is None:
            return [None] * len(ids)
        found = await images_of(connection(), self._context, account_id, ids)
        return [found.get(one) for one in ids]

    async def _settings(self, ids: Sequence[UUID]) -> list[SettingsView | None]:
        found = await settings_of(connection(), ids)
        return [found.get(one) for one in ids]

    async def _user(self, ids: Sequence[UUID]) -> list[UserView | None]:
        found = await colleagues_by_id(connection(), self._viewer, ids)
        missing = [one for one in ids if one not in found and one == self._viewer.user_id]
        if missing:
            found |= await users_by_id(connection(), self._viewer, missing)
        return [found.get(one) for one in ids]
