"""Applications for leads: submitted, answered, opened by silence, and their meetings."""
