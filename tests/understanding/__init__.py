"""How well the first reader understands: measured, and held to it."""
