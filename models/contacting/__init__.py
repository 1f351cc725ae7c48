"""Contacting a person: stops, lists of those who want no advertising, attempts, statements and advice."""
