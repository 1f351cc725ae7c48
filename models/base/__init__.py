"""The ground of the models: database, ids, clock, refusals, idempotency, pages of lists, viewers."""
