"""Measurements, to be run by hand: ``python -m tests.bench`` does all of them."""
