"""Places for a participant: the three groups, filters, the map, and some side by side."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.pages import drawing
from api.pages.rendering import STATIC
from api.texts import Language, say
from data.reference import borders, main_towns
from tests.pages.townspeople import SETTINGS, UUID, addresses, part, reader, tiny_town, words
from tests.service.town import Town

GROUPS = {"mojliga": "possible", "att-kolla": "toCheck", "faller-bort": "fallsAway"}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town in which nobody changes anything."""
    folder: Path = tmp_path_factory.mktemp("town")
    with tiny_town(folder) as found:
        yield found


@pytest.fixture(scope="module")
def supervisor(tiny: Town) -> TestClient:
    """Reads Swedish."""
    return reader(tiny)


def see(client: TestClient, path: str, status: int = 200) -> str:
    """A page."""
    answer = client.get(path)
    assert answer.status_code == status, words(answer.text)
    return answer.text


def home(tiny: Town, name: str) -> str:
    """Where the pages of a participant are."""
    return f"/deltagare/{tiny.people[name]}"


def told(tiny: Town, name: str, **asked: str | int) -> dict[str, Any]:
    """What the API says."""
    path = f"/steget/v1/participants/{tiny.people[name]}/recommendations"
    found: dict[str, Any] = tiny.client(SETTINGS, language="sv").get(path, params=asked).json()
    return found


def cards(page: str) -> list[str]:
    """The openings of the lists, in their order."""
    return re.findall(rf'name="plats" value="({UUID})"', page)


def ids(rows: list[dict[str, Any]]) -> list[str]:
    """Openings of an answer."""
    return [row["openingId"] for row in rows]


def test_the_three_groups_are_those_of_the_api(tiny: Town, supervisor: TestClient) -> None:
    """For everybody: the first five of each, in order, and how many there are of each."""
    for name in tiny.people:
        page, answer = see(supervisor, f"{home(tiny, name)}/platser"), told(tiny, name)
        assert cards(page) == [one for g in GROUPS.values() for one in ids(answer[g]["items"])[:5]]
        counts = [answer[group]["total"] for group in GROUPS.values()]
        said = f"{counts[0]} möjliga, {counts[1]} att kolla, {counts[2]} faller bort."
        assert said in words(page)
        assert words(part(page, "<h1>", "</h1>")) == f"Platser för {name}"


def test_what_is_told_of_each(tiny: Town, supervisor: TestClient) -> None:
    """Every sentence of the API: journeys, questions with whom to ask, barriers and who could."""
    for name in ("P08", "P09", "P11"):
        page = words(see(supervisor, f"{home(tiny, name)}/platser"))
        answer = told(tiny, name, limit=5)
        for group in GROUPS.values():
            for one in answer[group]["items"]:
                known = [one["site"], one["provider"], one["journey"]["text"]]
                known += [row["text"] for row in one.get("questions", ())]
                for row in one.get("barriers", ()):
                    whom = row["removableBy"]
                    known += [
                        row["text"],
                        say(Language.SWEDISH, f"removing.{whom}") if whom else "",
                    ]
                assert [text for text in known if text not in page] == []
        for one in answer["possible"]["items"]:
            assert one["startsOn"] in page


def test_three_to_talk_about(tiny: Town, supervisor: TestClient) -> None:
    """Those that the API names, also where one is not among the first; not among filters."""
    path = f"{home(tiny, 'P11')}/platser"
    answer = told(tiny, "P11")
    top = part(see(supervisor, path), '<h2 id="talk">', "</section>")
    found = dict.fromkeys(re.findall(rf"/platser/({UUID})", top))
    assert list(found) == answer["shortlist"]
    assert len(found) == 3
    assert 'id="talk"' not in see(supervisor, f"{path}?kommun=0127")
    assert 'id="talk"' not in see(supervisor, f"{home(tiny, 'P02')}/platser")


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("kommun=0126", {"municipalityCode": "0126"}),
        ("anordnare=asf", {"providerKind": "asf"}),
        ("lediga=ja", {"freeOnly": "true"}),
        ("bransch=ScKy_FHB_7wT", {"field": "ScKy_FHB_7wT"}),
    ],
)
def test_filters(tiny: Town, supervisor: TestClient, asked: str, sent: dict[str, str]) -> None:
    """What the API finds; what was chosen stays chosen, and every link of the list keeps it."""
    page = see(supervisor, f"{home(tiny, 'P11')}/platser?{asked}&kon=visa")
    answer = told(tiny, "P11", **sent)
    assert cards(page) == [one for g in GROUPS.values() for one in ids(answer[g]["items"])[:5]]
    name, _, value = asked.partition("=")
    chosen = rf'value="{value}" (selected|checked)'
    assert re.search(chosen, part(page, f'id="{name}"', "<button")) or name == "lediga"
    tabs = addresses(part(page, '<ul class="tabs">', "</ul>"))
    assert [link for link in tabs if asked not in link or "kon=visa" not in link] == []
    clear = part(page, "Visa</button>", "</form>")
    assert asked not in clear
    assert "kon=visa" in clear


def test_pages_of_a_group(tiny: Town, supervisor: TestClient) -> None:
    """A group alone; beyond its end is said so, with a way back."""
    path = f"{home(tiny, 'P07')}/platser"
    answer = told(tiny, "P07", group="fallsAway")
    assert cards(see(supervisor, f"{path}?grupp=faller-bort")) == ids(answer["fallsAway"]["items"])
    few = part(see(supervisor, path), 'id="g-faller-bort"', "</section>")
    assert f"Se alla platser som faller bort ({answer['fallsAway']['total']})" in words(few)
    assert cards(few) == ids(answer["fallsAway"]["items"])[:5]
    beyond = see(supervisor, f"{path}?grupp=faller-bort&from=40")
    assert "Listan är kortare än så" in beyond
    nothing = words(see(supervisor, f"{path}?grupp=att-kolla"))
    assert "Det finns inget att kolla." in nothing


def test_gender_is_shown_to_whoever_asks_alone(tiny: Town, supervisor: TestClient) -> None:
    """Not the participant's, not the share of women; only with ``?kon=visa``, on every page."""
    opening = tiny.openings["O01"]
    for path in ("platser", f"platser/{opening}", f"jamfor?plats={opening}"):
        joint = "&" if "?" in path else "?"
        hidden = words(see(supervisor, f"{home(tiny, 'P01')}/{path}"))
        assert "Kön visas inte." in hidden
        assert not [word for word in ("Kvinna", "Kvinnor", "kvinnor") if word in hidden]
        shown = words(see(supervisor, f"{home(tiny, 'P01')}/{path}{joint}kon=visa"))
        assert "Kön: Kvinna." in shown
        assert re.search(r"Kvinnor i yrket:? \d+\s%", shown)


def test_the_map_says_what_the_table_says(tiny: Town, supervisor: TestClient) -> None:
    """A number in each municipality with possible places; each row of the table is a filter."""
    page = see(supervisor, f"{home(tiny, 'P11')}/platser")
    rows = {row["name"]: row for row in told(tiny, "P11")["municipalities"]}
    svg = part(page, "<svg", "</svg>")
    assert 'role="img"' in svg
    assert len(svg) < 25_000
    drawn = re.findall(r"<text x=\S+ y=\S+>(\d+)</text>", svg)
    assert sorted(drawn) == sorted(
        str(row["possible"]) for row in rows.values() if row["possible"]
    )
    assert svg.count('class="none"') == sum(not row["possible"] for row in rows.values()) == 1
    table = part(page, 'id="map-caption"', "</table>")
    for name, row in rows.items():
        line = part(table, f">{name}</a>", "</tr>")
        counted = [row["possible"], row["toCheck"], row["fallsAway"]]
        assert [int(one) for one in re.findall(r">(\d+)</td>", line)] == counted
        assert f"?kommun={row['code']}" in addresses(table)


def test_up_to_four_side_by_side(tiny: Town, supervisor: TestClient) -> None:
    """In the order in which they were chosen, each once; of more than four the rest is counted."""
    chosen = [str(tiny.openings[code]) for code in ("O07", "O01", "O05", "O04", "O07", "O09")]
    query = "&".join(f"plats={one}" for one in chosen)
    page = see(supervisor, f"{home(tiny, 'P11')}/jamfor?{query}")
    table = part(page, "<table>", "</table>")
    head = part(table, "<thead>", "</thead>")
    assert re.findall(rf"/platser/({UUID})", head) == chosen[:4]
    assert "1 plats är inte med" in words(page)
    rows = re.findall(r'<th scope="row">(.*?)</th>', table)
    assert [row for row in ("Resa", "Kort resa", "Deltagarens önskemål") if row not in rows] == []
    assert page.count("<dl") == 4
    text = words(table)
    answer = told(tiny, "P11", openingId=chosen[3])
    assert answer["fallsAway"]["items"][0]["barriers"][0]["text"] in text
    assert "Räknas inte än" in text
    assert not re.search(r"\d{3,4} av 1\D?000", text)


def test_nothing_to_compare(tiny: Town, supervisor: TestClient) -> None:
    """None chosen, one chosen, or one that is not there: what to do is said."""
    path = f"{home(tiny, 'P11')}/jamfor"
    for query in ("", f"?plats={tiny.openings['O01']}", f"?plats={uuid4()}"):
        assert "Kryssa i minst två platser i listan" in see(supervisor, f"{path}{query}")


def test_both_languages(tiny: Town) -> None:
    """The same pages in English."""
    english = reader(tiny, language="en")
    page = words(see(english, f"{home(tiny, 'P11')}/platser?kon=visa"))
    assert "Places for P11" in page
    assert "The number is that of possible places." in page
    assert "Compare places for P11" in see(english, f"{home(tiny, 'P11')}/jamfor")


def test_others_see_none_of_it(tiny: Town, supervisor: TestClient) -> None:
    """A coordinator may not; nobody logs in first; who is not there is not found."""
    opening = tiny.openings["O01"]
    coordinator, nobody = reader(tiny, "coordinator"), reader(tiny, None)
    for rest in ("platser", f"platser/{opening}", "jamfor", f"foresla/{opening}"):
        path = f"{home(tiny, 'P01')}/{rest}"
        see(coordinator, path, 403)
        see(supervisor, f"/deltagare/{uuid4()}/{rest}", 404)
        sent_on = nobody.get(path)
        assert (sent_on.status_code, sent_on.headers["location"][:9]) == (303, "/logga-in")


@pytest.mark.parametrize("query", ["grupp=alla", "from=-1", "kommun=01800", "anordnare=skola"])
def test_an_address_that_means_nothing(tiny: Town, supervisor: TestClient, query: str) -> None:
    """A page that says so, and no error of the program."""
    see(supervisor, f"{home(tiny, 'P01')}/platser?{query}", 404)


def test_no_address_tells_of_anybody(tiny: Town, supervisor: TestClient) -> None:
    """Random numbers, codes of places and pages alone: no pseudonym, need, wish or gender."""
    known = rf"/?(deltagare|platser|jamfor|foresla|forslag|{UUID}|logga-ut|sprak|konto|om|static"
    known += r"|integritet|tillganglighet|[0-9a-f]{12}|[a-z.]+\.(css|svg|js))?"
    values = rf"(\d*|{UUID}|visa|ja|asf|mojliga|att-kolla|faller-bort|[A-Za-z0-9_]{{12}})"
    for path in ("platser?kon=visa&kommun=0127", "platser?grupp=mojliga", "jamfor"):
        for one in addresses(see(supervisor, f"{home(tiny, 'P08')}/{path}")):
            where, _, query = one.partition("#")[0].partition("?")
            assert re.fullmatch(rf"({known})*", where), one
            assert all(
                re.fullmatch(rf"\w+={values}", pair) for pair in query.split("&") if pair
            ), one


def test_a_map_of_elsewhere_is_none() -> None:
    """Nothing to draw where every place is in another county; what lies elsewhere is left out."""
    assert drawing.county({"1480": 3}) is None
    assert drawing.county({}) is None
    found = drawing.county({"1480": 3, "0180": 2, "0188": 0}, "0180")
    assert found is not None
    drawn = {one.code: one for one in found.regions}
    assert set(drawn) == {row["municipality_code"] for row in borders()}
    assert (drawn["0180"].number, drawn["0180"].chosen, drawn["0180"].name) == (
        2,
        True,
        "Stockholm",
    )
    assert (drawn["0188"].number, drawn["0188"].name_at) == (0, None)
    assert "1480" not in drawn


def test_numbers_do_not_hide_each_other() -> None:
    """All 26 at once: no two discs overlap by more than a little, and all are on the drawing."""
    found = drawing.county({row["municipality_code"]: 88 for row in main_towns()})
    assert found is not None
    at = [one.at for one in found.regions]
    assert len(at) == 26
    for first, (x, y) in enumerate(at):
        assert drawing.DISC <= x <= found.width - drawing.DISC
        assert drawing.DISC <= y <= found.height - drawing.DISC
        for other in at[first + 1 :]:
            assert (x - other[0]) ** 2 + (y - other[1]) ** 2 >= (2 * drawing.DISC - 2) ** 2
    assert any(one.moved for one in found.regions)


def _brightness(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "below"),
    [("on-brand", "brand"), ("ink", "sheet"), ("ink", "tint"), ("ink", "ground")],
)
def test_what_is_written_on_the_map_can_be_read(text: str, below: str) -> None:
    """Numbers on their discs, names on land and water, light and dark: at least 4.5 to 1."""
    style = (STATIC / "style.css").read_text(encoding="utf-8")
    found = {}
    for name in (text, below):
        colours = re.findall(rf"--{name}: (#[0-9a-f]{{6}})", style)
        assert len(colours) == 2
        found[name] = [_brightness(one) for one in colours]
    for one, other in zip(found[text], found[below], strict=True):
        darker, brighter = sorted((one, other))
        assert (brighter + 0.05) / (darker + 0.05) >= 4.5
