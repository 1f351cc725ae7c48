"""Chats between the vendor of an application and its prospect: messages, reading, masks."""
