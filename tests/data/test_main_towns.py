"""The gazetteer for people: main towns, and the known errors of its source put right."""

from math import cos, hypot, radians

import pytest

from data import reference


def named(name: str) -> list[dict[str, str]]:
    """The localities of that name."""
    return [row for row in reference.localities() if row["name"] == name]


def kilometres(one: dict[str, str], other: dict[str, str]) -> float:
    """Roughly how far apart two rows are."""
    north = float(one["latitude"]) - float(other["latitude"])
    east = (float(one["longitude"]) - float(other["longitude"])) * cos(radians(59.3))
    return 111.2 * hypot(north, east)


def test_every_municipality_of_the_county_has_one_main_town() -> None:
    """26, in the order of their codes."""
    codes = [row["municipality_code"] for row in reference.main_towns()]
    assert codes == sorted(code for code in reference.municipalities() if code.startswith("01"))


def test_a_main_town_is_a_locality_of_its_municipality() -> None:
    """The same row: name, point and geonameid."""
    keys = ("municipality_code", "name", "latitude", "longitude", "geonameid")
    known = {tuple(row[key] for key in keys) for row in reference.localities()}
    assert {tuple(row[key] for key in keys) for row in reference.main_towns()} <= known


def test_there_is_one_nykvarn() -> None:
    """The second one, 70 km off in Norrtälje, is left out."""
    (place,) = named("Nykvarn")
    assert place["municipality_code"] == "0140"
    assert float(place["latitude"]) == pytest.approx(59.177, abs=0.01)


def test_or_is_called_ör() -> None:  # noqa: PLC2401 -- the name of the place
    """GeoNames writes "Or"."""
    assert named("Or") == []
    assert [row["municipality_code"] for row in named("Ör")] == ["0183"]


@pytest.mark.parametrize("name", ["Bålsta", "Råby", "Mariefred", "Gnesta"])
def test_places_of_other_counties_are_left_out(name: str) -> None:
    """They lie inside the simplified borders only."""
    assert named(name) == []


@pytest.mark.parametrize("name", ["Rindö", "Oskar-Fredriksborg"])
def test_the_islands_of_vaxholm_are_vaxholms(name: str) -> None:
    """The simplified borders gave them to another municipality."""
    assert [row["municipality_code"] for row in named(name)] == ["0187"]


@pytest.mark.parametrize(
    ("code", "town"),
    [("0136", "Handen"), ("0162", "Djursholm"), ("0138", "Bollmora"), ("0128", "Rönninge")],
)
def test_towns_that_are_not_called_like_their_municipality(code: str, town: str) -> None:
    """GeoNames' "Haninge" and "Danderyd" are whole municipalities, no towns."""
    names = {row["municipality_code"]: row["name"] for row in reference.main_towns()}
    assert names[code] == town


def test_järfällas_point_is_where_people_live() -> None:  # noqa: PLC2401 -- its name
    """All of its postcodes are some 10 km off: Jakobsberg is not."""
    towns = {row["municipality_code"]: row for row in reference.main_towns()}
    kista = named("Kista")[0]
    assert towns["0123"]["name"] == "Jakobsberg"
    assert kilometres(towns["0123"], kista) == pytest.approx(6.6, abs=0.5)


def test_no_locality_is_far_from_its_main_town() -> None:
    """A misplaced namesake would be: the farthest are in the archipelago and in the north."""
    towns = {row["municipality_code"]: row for row in reference.main_towns()}
    far = {
        row["name"]: kilometres(row, towns[row["municipality_code"]])
        for row in reference.localities()
    }
    assert max(far.values()) < 45


def test_an_unknown_population_is_empty_and_no_zero() -> None:
    """GeoNames has 0 for Rönninge and Bollmora."""
    assert [row["name"] for row in reference.localities() if not row["population"]] == [
        "Rönninge",
        "Bollmora",
    ]
    assert "population" not in reference.main_towns()[0]
