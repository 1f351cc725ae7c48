"""Shared parts of the API for all domains: context, scalars, ids, pages, errors, limits, execution."""
