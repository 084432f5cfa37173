"""Reference tables brought up to date: occupations, their fields, and the share of women in each.

Nothing here runs by itself: only ``steget reference update`` asks the two public sources, and only
``--write`` changes a file. Building, testing and serving never do.
"""
