"""What each role finds in the menu: the address and the key of its text, in order of use."""

from collections.abc import Mapping

Item = tuple[str, str]

MENU: Mapping[str, tuple[Item, ...]] = {
    "supervisor": (("/", "today"), ("/deltagare", "participants"), ("/forslag", "proposals")),
    "provider_manager": (("/", "minute"), ("/platser", "openings"), ("/svar", "offers")),
    "coordinator": (
        ("/", "overview"),
        ("/planer", "plans"),
        ("/avvagningar", "policy"),
        ("/efterfragan", "demand"),
    ),
    "analyst": (("/", "picture"), ("/efterfragan", "demand")),
    "admin": (("/anvandare", "users"), ("/organisationer", "organisations"), ("/logg", "audit")),
}
"""By role."""
FOOT: tuple[Item, ...] = (
    ("/om", "about"),
    ("/integritet", "privacy"),
    ("/tillganglighet", "accessibility"),
)
"""What everybody may read."""
