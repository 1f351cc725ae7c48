"""The benchmarks: Leadgate beside a floor, or beside its peers, measured in the same run.

Owns figures; must not be imported by the product, nor by a test: a timing is never an assertion.
"""
