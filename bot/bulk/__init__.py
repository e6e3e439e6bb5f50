"""Counting by the hundred thousand: for reports, rebuilds and whole files of questions."""
