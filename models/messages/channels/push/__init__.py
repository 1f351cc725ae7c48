"""Web Push: encryption (RFC 8291), the proof of the sender (RFC 8292), and requests (RFC 8030)."""
