"""Reading a calendar of somebody else's program: runs in a process of its own, and imports nothing else."""
