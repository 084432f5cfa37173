"""Balance and follow-up: what became of whom, in counts that point at nobody.

Pure: events in, protected tables and the figures made of them out. Nothing of a single person
leaves this package, and no count that disclosure control has not seen. People with protected
identity are in nothing here, totals too. What each measure is: docs/balance.md.
"""
