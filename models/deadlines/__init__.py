"""Deadlines: the table, the registry of timed transitions, and the sweep that carries out what is due."""
