"""Owns the search for faults by random requests: `make fuzz`.

Must not know what a right answer is, only what no answer may be.
"""
