"""Many requests at once in one process: everybody gets an answer, and nobody stands still."""

from collections import Counter

import anyio
import httpx2

from api.settings import Settings
from api.store.tables import OpeningRow
from tests.service.world import World

AT_ONCE = 100
"""More than there are threads, and more than there are connections."""
V1 = "/steget/v1"


def answers(world: World, settings: Settings, method: str, path: str) -> Counter[int]:
    """What so many at once get, each asking the same of one application."""
    headers = {"Authorization": f"Bearer {world.tokens['cafe_manager']}"}
    transport = httpx2.ASGITransport(app=world.app(settings), raise_app_exceptions=False)
    found: Counter[int] = Counter()

    async def ask(client: httpx2.AsyncClient) -> None:
        found[(await client.request(method, path)).status_code] += 1

    async def everybody() -> None:
        async with (
            httpx2.AsyncClient(
                transport=transport, base_url="http://testserver", headers=headers
            ) as client,
            anyio.create_task_group() as group,
        ):
            for _ in range(AT_ONCE):
                group.start_soon(ask, client)

    anyio.run(everybody)
    return found


def test_a_hundred_readers(world: World, settings: Settings) -> None:
    """Readers wait for connections with empty hands: whoever has one gets a thread."""
    assert answers(world, settings, "GET", f"{V1}/offers") == {200: AT_ONCE}


def test_a_hundred_writers(world: World, settings: Settings) -> None:
    """Writers wait for the write lock with empty hands: whoever has it gets a thread."""
    opening = world.openings["O1"]
    path = f"{V1}/openings/{opening}/confirmations"
    assert answers(world, settings, "POST", path) == {200: AT_ONCE}
    with world.store.reading() as unit:
        assert unit.get_one(OpeningRow, opening).confirmed_at is not None
