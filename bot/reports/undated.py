"""Entries of zip files that say nothing of the day and the system they were made on."""

from zipfile import ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say
NOBODYS = 0  # the system


def undated(name: str) -> ZipInfo:
    entry = ZipInfo(name, EPOCH)
    entry.create_system = NOBODYS
    return entry
