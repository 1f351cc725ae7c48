"""Mutations of the phone secretariat, one per file."""
