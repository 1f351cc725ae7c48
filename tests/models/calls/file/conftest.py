"""A company with employees whose data is hard to write to a file and to read back."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest_asyncio

from models.base.database import connection
from models.base.viewer import Viewer
from models.calls.employee_draft import EmployeeChanges
from models.calls.export_employees import export_employees
from models.calls.file.plan import EmployeeRowOutcome
from models.calls.file.writing import ExportFormat
from models.calls.import_employees import EmployeeImport, import_employees
from models.calls.person_name import NameOrder
from models.files.list import read_part
from rules.calls.call_route import TransferWish
from tests.support.calls import make_employee, make_secretariat
from tests.support.marketplace import Marketplace

CREATED, UPDATED, UNCHANGED, REFUSED = EmployeeRowOutcome
EMPLOYEES: Sequence[tuple[str, EmployeeChanges]] = (
    (
        "Żółć-Ștefănescu, Jürgen",
        {
            "email": "j.fake@vendor.example",
            "cc": ["team.fake@vendor.example", "+plus.fake@vendor.example"],
            "position": "Leiter; Einkauf",
            "responsibility": "-20% auf alles",
            "mobile": "+491701234567",
            "sms_tick": True,
            "vip_sms_tick": True,
            "extension": "+493023125101",
            "wish": TransferWish.ALL,
            "absence_text": "=SUM(A1); '+1, 'zu Tisch'",
        },
    ),
    ("Hans von der Heide", {"wish": TransferWish.VIP_ONLY, "extension": "+12025550161"}),
    ("Prince,", {"absence_text": "'@ home,\u00a0\u201eim Urlaub\u201c", "position": "' quoted"}),
    ("Smith Jones,", {"email": "shared.fake@vendor.example", "position": '"quoted" | cell _x0041_'}),
)


@dataclass(frozen=True, slots=True)
class Company:
    """A company whose set-up and employees are stored; `ids` are those of `EMPLOYEES`."""

    place: Marketplace
    secretariat: UUID
    ids: Sequence[UUID]

    @property
    def owner(self) -> Viewer:
        """The company's owner."""
        return self.place.vendor.owner

    async def run(
        self,
        file: str | bytes,
        *,
        dry_run: bool = False,
        order: NameOrder | None = None,
        country: str | None = None,
    ) -> EmployeeImport:
        """Import a file as the owner."""
        content = file if isinstance(file, bytes) else file.encode()
        return await import_employees(
            self.owner,
            io.BytesIO(content),
            secretariat_id=None,
            dry_run=dry_run,
            order=order,
            default_country=country,
        )

    async def export(self, format_: ExportFormat = ExportFormat.CSV) -> bytes:
        """Export all employees."""
        return await export(self.owner, format_)


async def export(viewer: Viewer, format_: ExportFormat = ExportFormat.CSV) -> bytes:
    """Return the content of an export."""
    file_id = await export_employees(viewer, secretariat_id=None, format_=format_, most_stored=10**8)
    return await read_part(connection(), file_id, 0, 10**7, operator=False)


@pytest_asyncio.fixture(loop_scope="session")
async def company(place: Marketplace) -> Company:
    """The vendor's secretariat with `EMPLOYEES`, the second being the deputy of the first."""
    secretariat = await make_secretariat(place)
    ids: list[UUID] = []
    for name, changes in reversed(EMPLOYEES):
        employee = changes.copy()
        if "sms_tick" in changes:
            employee["deputy_id"] = ids[-1]
        ids.append(await make_employee(place.vendor.owner, name, **employee))
    return Company(place, secretariat, ids[::-1])
