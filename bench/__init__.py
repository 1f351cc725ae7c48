"""Benchmarks: Leadgate measured against a floor, or its peers, in the same run.

Timings are benchmarks and never assertions, so no test imports this package.
"""
