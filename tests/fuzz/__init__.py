"""Searches for faults with random requests: `make fuzz`.

It does not know the right answer, only what no answer may contain.
"""
