"""Deadlines: the table, the registry of timed transitions, and the sweep that carries out due deadlines."""
