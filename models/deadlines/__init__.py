"""What becomes due, and the sweep that carries it out."""
