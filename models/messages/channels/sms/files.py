"""SMS into files, `var/sms/*.txt`: what a marketplace without an SMS provider does. Nothing is charged."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.messages.channels.channel import Code, Preview, Result
from models.messages.channels.sms.form import SmsForm
from models.messages.channels.whole_file import write_whole
from models.messages.parcels import Parcel
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome


@dataclass(frozen=True, slots=True)
class SmsFiles:
    """The channel; each text is a file, and a repeat replaces it."""

    form: SmsForm
    folder: Path
    lanes: int = 1
    kind: DispatchChannel = DispatchChannel.SMS
    seconds: float = 30.0
    repeatable: bool = True
    charged: bool = False

    def lane(self) -> "SmsFiles":
        """Return the channel itself: files need no connection."""
        return self

    def preview(self, parcel: Parcel) -> Preview:
        """Return the text that would be written now."""
        return self.form.preview(parcel)

    async def send(self, parcel: Parcel) -> Result:
        """Write the number and the text; a full disk is a temporary failure."""
        started = parcel.first_attempt_at or datetime.now(UTC)
        name = f"{started:%Y%m%dT%H%M%S.%f}-{parcel.message.template}-{parcel.id.hex[-6:]}.txt"
        content = f"To: {parcel.recipient.address}\n\n{self.form.text(parcel)}\n".encode()
        try:
            await asyncio.to_thread(write_whole, self.folder / name, content)
        except OSError as error:
            return Result(DispatchOutcome.TEMPORARY, Code.NOT_WRITTEN, f"errno {error.errno}")
        return Result(DispatchOutcome.ACCEPTED, Code.WRITTEN)

    async def close(self) -> None:
        """Do nothing."""
