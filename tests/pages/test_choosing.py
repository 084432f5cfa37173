"""One place and its reasons, what if something changed, and proposing it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.domain import DeclineReason
from tests.pages.townspeople import SETTINGS, addresses, part, reader, tiny_town, words
from tests.service.town import Town

FORM = {"sessions": ["mon_am", "tue_am"], "hoursPerWeek": "8", "goesAlong": "yes"}


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Town]:
    """A town for one test."""
    with tiny_town(tmp_path) as found:
        yield found


@pytest.fixture
def supervisor(tiny: Town) -> TestClient:
    """Reads Swedish."""
    return reader(tiny)


def place(tiny: Town, name: str, opening: str, what: str = "platser") -> str:
    """Where a place for somebody is explained or proposed."""
    return f"/deltagare/{tiny.people[name]}/{what}/{tiny.openings[opening]}"


def see(client: TestClient, path: str, status: int = 200) -> str:
    """A page."""
    answer = client.get(path)
    assert answer.status_code == status, words(answer.text)
    return answer.text


def sent(client: TestClient, path: str, status: int, form: dict[str, Any]) -> str:
    """The page that answers a form, or where it leads."""
    answer = client.post(path, data=form)
    assert answer.status_code == status, words(answer.text)
    return answer.headers["location"] if status == 303 else answer.text


def told(tiny: Town, path: str) -> dict[str, Any]:
    """What the API says to the supervisor."""
    found: dict[str, Any] = tiny.client(SETTINGS, language="sv").get(f"/steget/v1{path}").json()
    return found


def explained(tiny: Town, name: str, opening: str) -> dict[str, Any]:
    """The API's explanation."""
    where = f"/participants/{tiny.people[name]}/openings/{tiny.openings[opening]}/explanation"
    return told(tiny, where)


def test_a_possible_place(tiny: Town, supervisor: TestClient) -> None:
    """What counts in words, the heaviest first, no number of merit; the week; what is next."""
    page = see(supervisor, place(tiny, "P11", "O07"))
    answer = explained(tiny, "P11", "O07")
    text = words(page)
    assert "Den är nummer 1 i ordningen." in text
    table = part(page, 'id="why-caption"', "</table>")
    rows = re.findall(r'<th scope="row">(.*?)</th>', table)
    heavy = sorted(answer["possible"]["criteria"], key=lambda row: -row["weight"])
    assert rows == [row["text"].partition(":")[0] for row in heavy]
    assert "mest" in words(table)
    points = str(answer["possible"]["points"])
    assert not [word for word in re.findall(r"\d+", text) if word == points]
    week = part(page, 'id="week-caption"', "</table>")
    assert words(week).count("båda") == len(answer["possible"]["commonHalfDays"]) == 5
    assert place(tiny, "P11", "O03") in addresses(part(page, 'id="next"', "</section>"))
    assert place(tiny, "P11", "O07", "foresla") in addresses(page)


def test_needs_by_what_is_known(tiny: Town, supervisor: TestClient) -> None:
    """Met, not met, and not known: each with what would meet it."""
    needs = [
        words(part(see(supervisor, place(tiny, *which)), '<h2 id="needs">', "</ul>"))
        for which in (("P08", "O09"), ("P08", "O01"), ("P09", "O03"), ("P09", "O01"))
    ]
    assert "Uppfyllt stegfritt hela vägen Inga trappsteg" in needs[0]
    assert "Inte uppfyllt stegfritt hela vägen" in needs[1]
    assert "Okänt fritt från dofter" in needs[2]
    assert "Inte uppfyllt fritt från dofter Oparfymerad tvål" in needs[3]
    page = see(supervisor, place(tiny, "P11", "O07"))
    assert "Profilen har inga behov" in page


def test_a_place_that_falls_away(tiny: Town, supervisor: TestClient) -> None:
    """Every barrier, who could remove it, and what it would take."""
    page = see(supervisor, place(tiny, "P04", "O04"))
    answer = explained(tiny, "P04", "O04")
    text = words(page)
    told_of = [row["text"] for row in (*answer["fallsAway"]["barriers"], *answer["ways"])]
    assert len(told_of) > 1
    assert [one for one in told_of if one not in text] == []
    assert "Jämför med den första möjliga" in text
    assert place(tiny, "P04", "O04", "foresla") in addresses(page)  # hours can be arranged
    young = see(supervisor, place(tiny, "P04", "O05"))
    assert place(tiny, "P04", "O05", "foresla") not in addresses(young)


def test_what_the_plan_says(tiny: Town, supervisor: TestClient) -> None:
    """Nothing without a plan; with one what choosing the place would do, others only counted."""
    path = place(tiny, "P11", "O07")
    assert "I planen" not in see(supervisor, path)
    tiny.planned()
    text = words(part(see(supervisor, path), '<h2 id="plan">', "</section>"))
    assert explained(tiny, "P11", "O07")["plan"]["text"] in text
    assert "Andra räknas bara." in text
    others = set(tiny.people) - {"P11"}
    assert not [one for one in others if one in words(see(supervisor, path))]


def test_what_if_the_journey_could_be_longer(tiny: Town, supervisor: TestClient) -> None:
    """The place moves to the possible ones, and so do others; nothing is kept."""
    path = place(tiny, "P12", "O05")
    before = told(tiny, f"/participants/{tiny.people['P12']}")
    page = sent(supervisor, path, 200, {"minutes": "90", "halfDay": "", "earliestStart": ""})
    then = words(part(page, 'id="then"', "</section>"))
    assert "Platsen går från Att kolla till Möjlig" in then
    assert "Ingen annan plats skulle bli möjlig." in then
    assert 'value="90"' in page
    assert told(tiny, f"/participants/{tiny.people['P12']}") == before
    shorter = sent(supervisor, path, 200, {"minutes": "30", "earliestStart": "2027-01-11"})
    text = words(part(shorter, 'id="then"', "</section>"))
    assert re.search(r"\d (annan plats|andra platser) skulle inte längre vara möjliga", text)


def test_what_if_one_more_half_day(tiny: Town, supervisor: TestClient) -> None:
    """P05 comes afternoons; O07 has mornings: with one more it still has too few."""
    page = see(supervisor, place(tiny, "P05", "O07"))
    choices = re.findall(r'<option value="(\w+)"', part(page, 'id="halfDay"', "</select>"))
    assert choices == ["mon_am", "tue_am", "wed_am", "thu_am", "fri_am"]
    tiny.planned()
    after = sent(supervisor, place(tiny, "P05", "O07"), 200, {"halfDay": "mon_am"})
    then = words(part(after, 'id="then"', "</section>"))
    assert "Platsen står kvar där den stod: Faller bort" in then
    assert "I planen: andra som får en plats" in then


@pytest.mark.parametrize(
    ("form", "field", "text"),
    [
        ({"minutes": "60"}, "minutes", "ändra minst en av de tre"),
        ({}, "minutes", "ändra minst en av de tre"),
        ({"minutes": "9000"}, "minutes", "skriv ett tal från"),
        ({"minutes": "länge"}, "minutes", "skriv ett tal från"),
        ({"earliestStart": "snart"}, "earliestStart", "det här är inte som väntat"),
        ({"halfDay": "sun_am"}, "halfDay", "det här är inte som väntat"),
    ],
)
def test_what_cannot_be_tried(
    tiny: Town, supervisor: TestClient, form: dict[str, str], field: str, text: str
) -> None:
    """Told at its field, which the summary leads to; what was filled in is kept."""
    page = sent(supervisor, place(tiny, "P03", "O01"), 422, form)
    summary = part(page, 'id="faults"', "</div>")
    assert addresses(summary) == [f"#{field}"]
    assert text in words(summary)
    assert [value for value in form.values() if value not in ("sun_am", *re.findall(r'value="([^"]*)"', page))] == []  # fmt: skip # noqa: E501


def test_proposing_the_first(tiny: Town, supervisor: TestClient) -> None:
    """The form has what suits filled in; what is sent is proposed, and a reload does it once."""
    path = place(tiny, "P03", "O01", "foresla")
    page = see(supervisor, path)
    assert 'name="reason"' not in page
    ticked = re.findall(r'name="sessions" value="(\w+)" checked', page)
    assert ticked == ["mon_am", "tue_am", "wed_am"]
    filled = dict(re.findall(r'name="(hoursPerWeek|startsOn|key)"[^>]*value="([^"]*)"', page))
    assert filled["hoursPerWeek"] == "8"
    form = {"sessions": ticked, "goesAlong": "yes", "note": "Börjar lugnt"} | filled
    there = sent(supervisor, path, 303, form)
    proposal = there.removeprefix("/forslag/").removesuffix("?done=proposed")
    found = told(tiny, f"/proposals/{proposal}")
    assert (found["participant"], found["state"], found["recommended"]) == ("P03", "proposed", 1)
    assert (found["sessions"], found["hoursPerWeek"]) == (ticked, 8)
    assert (found["startsOn"], found["endsOn"], found["goesAlong"]) == (
        filled["startsOn"],
        None,
        True,
    )
    assert sent(supervisor, path, 303, form) == there
    again = sent(supervisor, path, 422, form | {"key": str(uuid4())})
    assert "redan föreslagen till den här platsen" in part(again, 'id="faults"', "</div>")


def test_proposing_another_than_the_first(tiny: Town, supervisor: TestClient) -> None:
    """A reason is asked for; without it nothing is proposed, and what was filled in is kept."""
    path = place(tiny, "P11", "O01", "foresla")
    page = see(supervisor, path)
    choices = re.findall(r'<option value="(\w+)"', part(page, 'id="reason"', "</select>"))
    assert choices == [str(one) for one in DeclineReason]
    before = told(tiny, "/proposals")["total"]
    form = FORM | {"note": "Vill prova", "endsOn": "2027-03-01"}
    wrong = sent(supervisor, path, 422, form)
    assert addresses(part(wrong, 'id="faults"', "</div>")) == ["#reason"]
    assert "Vill prova" in wrong
    assert 'value="2027-03-01"' in wrong
    assert told(tiny, "/proposals")["total"] == before
    there = sent(supervisor, path, 303, form | {"reason": "not_my_wish"})
    found = told(tiny, there.replace("/forslag", "/proposals").partition("?")[0])
    assert found["recommended"] == tiny_rank(tiny, "P11", "O01") > 1
    assert "not_my_wish" in {step["reason"] for step in found["steps"]}


def tiny_rank(tiny: Town, name: str, opening: str) -> int:
    """The place of an opening among the possible, as the engine has it."""
    return [one.opening_id for one in tiny.recommended(name).possible].index(opening) + 1  # type: ignore[arg-type]  # a code


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sessions": []}, "sessions"),
        ({"hoursPerWeek": ""}, "hoursPerWeek"),
        ({"hoursPerWeek": "många"}, "hoursPerWeek"),
        ({"startsOn": "i vår"}, "startsOn"),
        ({"startsOn": "2027-03-01", "endsOn": "2027-02-01"}, "endsOn"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_a_form_that_is_not_right(
    tiny: Town, supervisor: TestClient, changed: dict[str, Any], field: str
) -> None:
    """The summary leads to the field; nothing is proposed."""
    before = told(tiny, "/proposals")["total"]
    page = sent(supervisor, place(tiny, "P11", "O07", "foresla"), 422, FORM | changed)
    summary = part(page, 'id="faults"', "</div>")
    assert addresses(summary) == [f"#{field}"]
    assert f'id="{field}"' in page
    assert told(tiny, "/proposals")["total"] == before


def test_passing_a_barrier_over(tiny: Town, supervisor: TestClient) -> None:
    """Only where it is ticked, and with a note that says why."""
    path = place(tiny, "P04", "O04", "foresla")
    page = see(supervisor, path)
    assert re.findall(r'name="despite" value="(\w+)"', page) == ["HOURS_TOO_FEW"]
    unsaid = sent(supervisor, path, 422, FORM)
    assert addresses(part(unsaid, 'id="faults"', "</div>")) == ["#despite"]
    ticked = FORM | {"despite": "HOURS_TOO_FEW"}
    why = sent(supervisor, path, 422, ticked)
    assert addresses(part(why, 'id="faults"', "</div>")) == ["#note"]
    there = sent(supervisor, path, 303, ticked | {"note": "Timmarna ökar i mars"})
    assert there.startswith("/forslag/")


def test_what_nobody_may_pass_over(tiny: Town, supervisor: TestClient) -> None:
    """An age or a need is no matter of a note: no form, and nothing by a form of one's own."""
    for name, opening in (("P04", "O05"), ("P08", "O01"), ("P10", "O04")):
        path = place(tiny, name, opening, "foresla")
        page = see(supervisor, path)
        assert "Något står i vägen som ingen får gå förbi" in page
        assert 'name="sessions"' not in page
        page = sent(supervisor, path, 422, FORM | {"note": "Ändå", "despite": "TRAVEL_TOO_LONG"})
        assert "faults" in page


def test_what_is_unknown_is_asked_before(tiny: Town, supervisor: TestClient) -> None:
    """A place to check can be proposed; what to ask stands above the form; no rank is kept."""
    path = place(tiny, "P09", "O03", "foresla")
    page = see(supervisor, path)
    assert "Fråga innan du erbjuder platsen" in page
    assert 'name="reason"' not in page
    there = sent(supervisor, path, 303, FORM | {"goesAlong": ""})
    found = told(tiny, there.replace("/forslag", "/proposals").partition("?")[0])
    assert (found["recommended"], found["goesAlong"]) == (None, None)


def test_a_place_that_is_not_there(tiny: Town, supervisor: TestClient) -> None:
    """Not found, whatever is asked of it."""
    home = f"/deltagare/{tiny.people['P11']}"
    for what in ("platser", "foresla"):
        see(supervisor, f"{home}/{what}/{uuid4()}", 404)
        see(supervisor, f"{home}/{what}/O01", 404)
    sent(supervisor, f"{home}/foresla/{uuid4()}", 404, FORM)
    sent(supervisor, f"{home}/platser/{uuid4()}", 404, {"minutes": "70"})


def test_in_english(tiny: Town) -> None:
    """The sentences of the API too, whatever the browser asks for."""
    english = reader(tiny, language="en")
    english.headers["accept-language"] = "sv"
    text = words(see(english, place(tiny, "P04", "O04")))
    assert "What stands between" in text
    assert "nothing that is known would stand between." in text
    assert "Propose a place for P11" in see(english, place(tiny, "P11", "O01", "foresla"))
