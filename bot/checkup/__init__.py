"""The checkup: what is missing before the desk can do its work, and how to mend each. Pure."""

from bot.checkup.findings import Finding, Level

__all__ = ["Finding", "Level"]
