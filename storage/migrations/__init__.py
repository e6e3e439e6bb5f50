"""The history of the tables. Each file in versions/ is one step, forwards and back."""
