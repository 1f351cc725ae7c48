"""The engine of sending: dispatches of messages, channels, links, preferences and suppressions."""
