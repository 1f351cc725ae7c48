"""Searches for faults with random requests: `make fuzz`.

It does not know the correct responses, only what no response may contain.
"""
