"""The SEN2 person-level return of 2023 to 2026, read into Waymark.

form.py        the return as data: elements, parents and codes by year
refusals.py    when a file as a whole cannot be trusted
reader.py      the file as a stream of persons, each a small tree
catalogue.py   every rule: how grave it is, what is wrong, how to mend it
findings.py    one problem in a file, and where problems are collected
checks*.py     the rules that look at one person
requests.py, plans.py, reviews.py   what a person's elements mean in Waymark's records
clocks.py      statutory clocks of what is read
staging.py     temporary tables and the stream into them
matching.py    which child a person is
sql/           the set-based statements that compare and write
work.py        the whole, in one transaction
left_out.py    the persons with errors as a file of the same form
report.py      findings as CSV and JSON
"""
