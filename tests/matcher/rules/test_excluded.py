from tests.builders import barriers_by_pair, barriers_of, opening, participant, provider, site

EXCLUDED = ["EXCLUDED"]
PLACES = (
    provider("A1"),
    provider("A2"),
    site("S1"),
    site("S2"),
    site("S3", provider_id="A2"),
    *(opening(f"O{n}", site_id=f"S{n}") for n in (1, 2, 3)),
)
"""S1 and S2 are A1's, S3 is A2's; each has an opening of the same number."""


def test_a_site_bars_its_own_openings() -> None:
    """Without S1 the other site of the same provider stays."""
    found = barriers_by_pair(participant(excluded_sites=frozenset({"S1"})), *PLACES)
    assert found == {"P1@O1": EXCLUDED, "P1@O2": [], "P1@O3": []}


def test_a_provider_bars_all_its_sites() -> None:
    """Without A1 both its sites fall away, and A2's stays."""
    found = barriers_by_pair(participant(excluded_providers=frozenset({"A1"})), *PLACES)
    assert found == {"P1@O1": EXCLUDED, "P1@O2": EXCLUDED, "P1@O3": []}


def test_one_persons_exclusion_is_not_anothers() -> None:
    """P1 does not go to S1, P2 not to A2; P3 goes anywhere."""
    found = barriers_by_pair(
        participant("P1", excluded_sites=frozenset({"S1"})),
        participant("P2", excluded_providers=frozenset({"A2"})),
        participant("P3"),
        *PLACES,
    )
    assert {pair for pair, barriers in found.items() if barriers} == {"P1@O1", "P2@O3"}


def test_is_silent_for_what_is_not_there() -> None:
    """A site or provider without openings bars nothing."""
    person = participant(
        excluded_sites=frozenset({"S9"}), excluded_providers=frozenset({"A9", "S1"})
    )
    assert barriers_of(person) == []
