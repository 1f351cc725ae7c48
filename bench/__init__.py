"""Benchmarks: Leadgate measured against a floor, or its peers, in the same run.

Timings are never assertions, so no test imports this package.
"""
