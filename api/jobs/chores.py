"""What has to be done now and then, whoever asks."""

from api.settings import Settings
from api.store import Store


def do(store: Store, settings: Settings) -> None:
    """Let offers expire whose time is over."""
