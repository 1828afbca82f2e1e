"""The settings register: Get Information About Schools' "all establishments" file, read into Establishment.

columns.py   which columns are read, and how a row becomes one line of the temporary table
load.sql     the statements that compare and write
load.py      the whole, in one transaction
"""
