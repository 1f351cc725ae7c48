"""What sending needs besides the database: the keys, the public address, and the wake-ups."""

from dataclasses import dataclass

from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.process.wake import Wake


@dataclass(frozen=True, slots=True)
class SendingContext:
    """Made once per process. `origin` is the one address of all links, such as `https://leads.example`.

    `privacy_contact` names the operator and its address for questions about personal data.
    """

    hashes: KeyedHash
    origin: str
    wake: Wake
    sealer: Sealer
    privacy_contact: str | None = None

    def address_key(self, channel: str, address: str) -> str:
        """Return the keyed hash under which an address is suppressed; of an email address, the domain's case
        doesn't matter.
        """
        local, at, domain = address.rpartition("@")
        return self.hashes.of(f"address:{channel}", f"{local}{at}{domain.lower()}")
