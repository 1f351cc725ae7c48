"""Owns the subscriptions: what is followed, from a cursor on.

It must not hold business logic: feeds are read here, rights are asked of views.
"""
