"""Words of placed messages: title and body by ruleset and by the rule that decided, in four languages.

Where a notification says the same, its words are used. Notifications have words of their own.
"""

from collections.abc import Mapping

from models.feed.wording.catalog import Words
from models.feed.wording.placed import complaints, conversations, prospects, vendors

PLACED: Mapping[str, Words] = {
    "placement": {**vendors.PLACED, **prospects.PLACED, **conversations.PLACED},
    "complaint_placement": complaints.PLACED,
}
