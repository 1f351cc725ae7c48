"""Mutations of banners, one per file."""
