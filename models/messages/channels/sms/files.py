"""SMS into files, `var/sms/*.txt`: what a marketplace without an SMS provider does. Nothing is charged,
except in a trial, where the texts in files are all that there is to see.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.messages.channels.channel import Preview, Result
from models.messages.channels.sms.form import SmsForm
from models.messages.channels.whole_file import file_name, write_message
from models.messages.parcels import Parcel
from rules.messages.dispatch import DispatchChannel


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
        name = file_name(started, parcel.message.template, parcel.id.hex[-6:], suffix=".txt")
        content = f"To: {parcel.recipient.address}\n\n{self.form.text(parcel)}\n".encode()
        return await write_message(self.folder / name, content)

    async def close(self) -> None:
        """Do nothing."""
