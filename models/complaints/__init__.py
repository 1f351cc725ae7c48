"""Complaints about deliveries: filed, decided, remedied and answered."""
