"""Services of a running process: wake-ups, Redis, health, lateness, and the logging of faults."""
