"""Letters about deliveries."""

from models.feed.kinds import MessageTemplate
from models.messages.letters import Letter, register

register(Letter(MessageTemplate.LEAD_DELIVERED))
