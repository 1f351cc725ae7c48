"""Deliveries of leads to vendors: offered, delivered, purchased or as a replacement."""
