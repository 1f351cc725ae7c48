"""What waits for each role, and the health of the whole: read from all domains; nothing is stored."""
