"""Meetings at work: planning them, knowing who comes, building agendas, and calendar files."""
