"""The generator: the printed numbers of MIA, any size, and the same tables every time."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import data
from data import reference
from data.generate import Size, Tables, county, mia, town
from data.generate.openings import HalfDays
from matcher.dataset.tables import write_tables

ROOT = Path(data.__file__).parent
YEAR = 2026


@pytest.fixture(scope="module")
def made() -> Tables:
    """The MIA county, made once."""
    return mia()


@pytest.fixture(scope="module")
def small() -> Tables:
    """A small county with travel times."""
    return county(Size(participants=300, openings=80, travel_rows=5_000), 3)


@pytest.mark.parametrize("name", ["mia", "town"])
def test_the_shipped_files_are_what_the_generator_makes(name: str, tmp_path: Path) -> None:
    """Made again and written again, every file of a data set has the same bytes."""
    write_tables({"mia": mia, "town": town}[name](), tmp_path)
    shipped = {path.name: path.read_bytes() for path in (ROOT / name).glob("*.csv")}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == shipped


def test_mia_has_the_printed_numbers(made: Tables) -> None:
    """Women, men and undisclosed of each association are as printed, 1,638 in all."""
    people = made["participants"]
    found = Counter(zip(people["association"], people["gender"], strict=True))
    printed = Counter(
        {
            (row["association"], gender): int(row[key])
            for row in reference.mia_associations()
            for gender, key in (("woman", "women"), ("man", "men"), ("undisclosed", "undisclosed"))
        }
    )
    assert len(people) == 1638
    assert found == +printed


def test_mia_has_the_printed_mean_ages(made: Tables) -> None:
    """The mean ages of women and of men round to the printed ones; all are 18 to 64."""
    people = made["participants"].assign(age=YEAR - made["participants"]["birth_year"])
    assert people["age"].between(18, 64).all()
    means = people.groupby(["association", "gender"])["age"].mean()
    for row in reference.mia_associations():
        assert round(means[row["association"], "woman"]) == int(row["mean_age_women"])
        assert round(means[row["association"], "man"]) == int(row["mean_age_men"])


def test_mia_people_live_in_their_associations_municipalities(made: Tables) -> None:
    """Everyone lives in a municipality of their association, and all 21 have someone."""
    member = {
        code: row["association"]
        for row in reference.mia_associations()
        for code in row["municipality_codes"].split(";")
    }
    people = made["participants"]
    assert people["municipality_code"].map(member).tolist() == people["association"].tolist()
    assert set(people["municipality_code"]) == set(member)


def test_mia_is_as_narrow_as_the_evaluation_found(made: Tables) -> None:
    """A third of the openings are shops and cafés; what people ask for most is scarce."""
    share = made["openings"]["occupation_group"].value_counts(normalize=True)
    assert share["5223"] + share["9413"] > 0.3
    assert all(share.get(group, 0) < 0.03 for group in ("3512", "7231", "6122", "4119"))


def test_mia_has_the_size_of_the_county(made: Tables) -> None:
    """60 providers, 150 sites, 330 openings, 900 to 1,000 seats, 100 placements."""
    sizes = [len(made[name]) for name in ("providers", "sites", "openings", "placements")]
    assert sizes == [60, 150, 330, 100]
    assert 900 <= made["openings"]["seats"].sum() <= 1000
    status = made["placements"]["status"].value_counts().to_dict()
    assert status == {"ongoing": 60, "offered": 25, "pinned": 15}


def test_some_surveys_are_missing_some_stale_and_most_have_gaps(made: Tables) -> None:
    """What is not known stays unknown: no survey, one past two years, empty cells."""
    surveys = made["surveys"]
    assert set(surveys["site_id"]) < set(made["sites"]["site_id"])
    assert surveys["site_id"].duplicated().any()
    age = pd.Timestamp(date(2026, 12, 1)) - pd.to_datetime(surveys["surveyed_on"])
    assert 0.05 < (age.dt.days > 730).mean() < 0.4
    assert surveys["hygiene.soap"].isna().any()


def test_norm_goals_ask_first_for_what_the_other_gender_dominates(made: Tables) -> None:
    """Only women and men have norm goals here, and their first wish would meet one."""
    share = {r["occupation_group"]: r["women_pct"] for r in reference.occupations()}
    people = made["participants"].set_index("participant_id")
    wishes = made["wishes"]
    first = wishes[wishes["rank"] == 1].set_index("participant_id")["code"]
    goals = people[people["norm_goal"] == "yes"]
    assert set(goals["gender"]) == {"woman", "man"}
    for person, gender in goals["gender"].items():
        women = float(share[str(first[str(person)])])
        assert women < 40 if gender == "woman" else women > 60


def test_the_same_seed_makes_the_same_tables(small: Tables) -> None:
    """Called again with the same arguments every cell is the same; another seed differs."""
    again = county(Size(participants=300, openings=80, travel_rows=5_000), 3)
    assert list(again) == list(small)
    for name, table in small.items():
        assert_frame_equal(table, again[name])
    other = county(Size(participants=300, openings=80), 4)
    assert not other["participants"].equals(small["participants"])


def test_a_county_has_the_size_asked_for(small: Tables) -> None:
    """So many people, openings, and rows of travel times; half as many sites."""
    sizes = [len(small[n]) for n in ("participants", "openings", "sites", "travel_times")]
    assert sizes == [300, 80, 40, 5_000]


def test_travel_times_are_for_people_with_a_point(small: Tables) -> None:
    """Nobody without coordinates has a row, and no pair stands twice."""
    times = small["travel_times"]
    assert not times.duplicated(["participant_id", "site_id"]).any()
    people = small["participants"]
    hidden = people.loc[people["latitude"].isna(), "participant_id"]
    assert not times["participant_id"].isin(hidden).any()
    assert times["minutes"].min() >= 0


def test_without_rows_there_is_no_table_of_travel_times() -> None:
    """An empty table would make everyone unreachable; none lets the engine estimate."""
    assert "travel_times" not in county(Size(participants=20, openings=6))


def test_tight_half_days_bind() -> None:
    """Tight: at once at most six tenths of the seats, at least one, on some 65 % of half-days."""
    openings = county(Size(participants=50, openings=400, half_days="tight"))["openings"]
    at_once = openings["session_seats"].astype(int)
    assert at_once.min() == 1
    assert (at_once <= (0.6 * openings["seats"].astype(int) + 0.5).clip(lower=1)).all()
    share = (openings["sessions"].str.count(";") + 1).mean() / 10
    assert 0.6 < share < 0.7


@pytest.mark.parametrize("half_days", get_args(HalfDays))
@pytest.mark.parametrize(("people", "openings"), [(1, 1), (2, 3), (40, 5)])
def test_any_size_can_be_made(people: int, openings: int, half_days: HalfDays) -> None:
    """Even a single person and a single opening make a data set."""
    size = Size(participants=people, openings=openings, travel_rows=10, half_days=half_days)
    tables = county(size, 5)
    assert (len(tables["participants"]), len(tables["openings"])) == (people, openings)
    assert len(tables["sites"]) >= 1


def test_the_plan_date_moves_the_whole_data_set() -> None:
    """Ages and waiting times are those of the plan date, whatever it is."""
    size = Size(participants=30, openings=6)
    early, late = (county(size, 1, date(year, 12, 1)) for year in (2026, 2030))
    years = late["participants"]["birth_year"] - early["participants"]["birth_year"]
    assert (years == 4).all()
    assert late["participants"]["waiting_since"].dropna().max() <= "2030-12-01"
