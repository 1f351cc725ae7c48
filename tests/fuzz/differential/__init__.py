"""Differential fuzzing: random documents must be answered as plain graphql-core answers them, byte for byte.

`make test` asks a few hundred documents, `python -m tests.fuzz.differential` a hundred thousand.
"""
