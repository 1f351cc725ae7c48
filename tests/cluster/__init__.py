"""Failures of a complete installation on one machine: two of each, as `deploy/` sets them up.

`make cluster` runs them, or `pytest -m cluster`.
"""
