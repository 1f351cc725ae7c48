"""Owns what lists and pages need: one SQL statement each, rows to views whose attributes are the API's.

It must not change anything, nor hand out contact data that the rules hide from the viewer.
"""
