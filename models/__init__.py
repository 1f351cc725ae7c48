"""What is stored, and the only code that changes it. The decisions themselves come from `rules`."""
