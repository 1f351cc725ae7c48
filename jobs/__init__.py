"""Owns what happens without anybody asking: sweeps of what is due, and the nightly reconciliation.

It must not decide or store: it calls the actions of `models`.
"""
