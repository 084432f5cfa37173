"""How many examples Hypothesis tries: a share in the fast tests, all where every test runs."""

from hypothesis import settings

FAST, WHOLE = 20, 100
"""The share of the examples that is tried, in per cent; it is in the profile, see conftest."""
FEWEST = 10


def examples(whole: int, like: settings | None = None) -> settings:
    """The settings of a test that tries this many examples in `make test-all`.

    The fast tests try a share of them, but not fewer than `FEWEST`, where there are as many.
    """
    share = whole * settings.default.max_examples // WHOLE
    return settings(like, max_examples=max(share, min(whole, FEWEST)))
