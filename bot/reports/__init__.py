"""Reports: a month's figures as a file that both sides hold, equal to the byte, and can check.

A report knows of no person and of no clock: the same log under the same agreements, cut at the
same moment, gives the same bytes, whoever asks for it and whenever.
"""
