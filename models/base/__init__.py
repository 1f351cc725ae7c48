"""The base of the models: database, ids, clock, refusals, idempotency, pages of lists, viewers."""
