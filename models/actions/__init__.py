"""Owns the actions: each locks, gathers facts, lets the rules decide, and saves, in one transaction.

It must not translate for a client or know who calls: the edges do.
"""
