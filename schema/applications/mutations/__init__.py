"""Mutations of applications, one a file."""
