"""Two who stand in each other's way: one is told to try again, nothing is half done."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from api.domain import Refusal, RefusalCode
from api.store.tables import OpeningRow
from tests.service.world import World


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
@pytest.mark.slow
def test_of_two_that_wait_for_each_other_one_gives_up(world: World) -> None:
    """O1 then O2, and O2 then O1: PostgreSQL ends one of them, and it changed nothing."""
    both, given_up = Barrier(2), []

    def change(first: str, then: str) -> None:
        try:
            with world.store.writing() as unit:
                for name in (first, then):
                    rows = update(OpeningRow).where(OpeningRow.id == world.openings[name])
                    unit.execute(rows.values(title=first))
                    if name == first:
                        both.wait(30)
        except Refusal as refusal:
            given_up.append(refusal.code)

    threads = [Thread(target=change, args=pair) for pair in (("O1", "O2"), ("O2", "O1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert given_up == [RefusalCode.UNAVAILABLE]
    with world.store.reading() as unit:
        titles = dict(unit.execute(select(OpeningRow.code, OpeningRow.title)).all())
    assert titles["O1"] == titles["O2"]
    assert titles["O1"] in {"O1", "O2"}
