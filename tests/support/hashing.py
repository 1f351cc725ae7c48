"""Parameters of argon2 that make a password cheap to hash; the product's take a tenth of a second."""

from argon2 import PasswordHasher

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
