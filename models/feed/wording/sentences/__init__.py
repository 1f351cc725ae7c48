"""Owns the sentences of the rules in the languages that they are not written in.

It must not hold a number of a policy, nor what notifications say: the catalogs do.
"""
