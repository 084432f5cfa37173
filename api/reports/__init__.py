"""Reports of the balance: one page of HTML, a workbook, and tables as CSV, all of one content.

What they tell has been through disclosure control (``matcher.balance``): nothing here counts
people. The command line writes files of it; the API and the pages can serve the same.
"""
