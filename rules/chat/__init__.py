"""Rulesets of chats between a vendor and a prospect."""
