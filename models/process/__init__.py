"""What a running process needs: wake-ups, Redis, health, lateness, and how faults are logged."""
