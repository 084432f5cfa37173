"""The reference tables: what is shipped, counted and classed."""

import subprocess
import sys
from collections import Counter

from data import reference


def _class(women_pct: str) -> str:
    """SCB's classes: more than 60 % women, fewer than 40 %, or even; empty without a figure."""
    if not women_pct:
        return ""
    share = float(women_pct)
    return "K" if share > 60 else "M" if share < 40 else "J"


def test_every_occupation_group_is_there_once() -> None:
    """SSYK 2012 has 400 four-digit groups here, text with leading zeros, in order."""
    groups = [row["occupation_group"] for row in reference.occupations()]
    assert len(groups) == len(set(groups)) == 400
    assert groups == sorted(groups)
    assert all(len(group) == 4 and group.isdigit() for group in groups)


def test_dominance_is_as_scb_counts_it() -> None:
    """180 groups are dominated by men, 123 by women, 94 are even, three have no figure."""
    classes = Counter(_class(row["women_pct"]) for row in reference.occupations())
    assert classes == {"M": 180, "K": 123, "J": 94, "": 3}


def test_the_military_groups_have_no_share() -> None:
    """The three groups without a figure are the military ones, 0110, 0210 and 0310."""
    empty = [r["occupation_group"] for r in reference.occupations() if not r["women_pct"]]
    assert empty == ["0110", "0210", "0310"]


def test_groups_near_and_far_from_the_limit() -> None:
    """2411 (59.97 %) is even, though it prints as 60.0; cafés and dog day-care are women's."""
    share = {row["occupation_group"]: row["women_pct"] for row in reference.occupations()}
    assert (share["2411"], _class(share["2411"])) == ("59.97", "J")
    assert (_class(share["6122"]), _class(share["9413"])) == ("K", "K")
    assert _class(share["7231"]) == "M"


def test_labels_have_no_blanks_at_their_ends() -> None:
    """Some English labels end in a blank in the source; here none does."""
    rows = (*reference.occupations(), *reference.fields())
    assert all(cell == cell.strip() for row in rows for cell in row.values())


def test_every_group_lies_in_a_known_field() -> None:
    """There are 21 fields, and every group's field is one of them."""
    fields = {row["field"] for row in reference.fields()}
    assert len(fields) == len(reference.fields()) == 21
    assert {row["field"] for row in reference.occupations()} == fields


def test_year_and_source_stand_in_every_row() -> None:
    """A figure is never shown without its year and source."""
    rows = (*reference.occupations(), *reference.fields())
    assert all(row["year"] == "2024" and "SCB" in row["source"] for row in rows)


def test_all_municipalities_of_sweden() -> None:
    """290 codes of four digits with 290 names, in 21 counties; 26 of them in Stockholm county."""
    named = reference.municipalities()
    assert len(named) == len(set(named.values())) == 290
    assert all(len(code) == 4 and code.isdigit() for code in named)
    assert len({code[:2] for code in named}) == 21
    assert sum(code.startswith("01") for code in named) == 26
    assert (named["0180"], named["1480"], named["2584"]) == ("Stockholm", "Göteborg", "Kiruna")


def test_the_gazetteer_covers_the_county() -> None:
    """113 places, at least one in each of the 26 municipalities, all within the county's box."""
    places = reference.localities()
    assert len(places) == 113
    assert {p["municipality_code"] for p in places} == {
        code for code in reference.municipalities() if code.startswith("01")
    }
    assert all(58.7 < float(p["latitude"]) < 60.3 for p in places)
    assert all(17.2 < float(p["longitude"]) < 19.3 for p in places)


def test_mia_figures_are_the_printed_ones() -> None:
    """1,638 participants, 931 women, 664 men; the rest of an association is what they leave."""
    rows = reference.mia_associations()
    sums = [sum(int(row[key]) for row in rows) for key in ("participants", "women", "men")]
    assert sums == [1638, 931, 664]
    for row in rows:
        rest = int(row["participants"]) - int(row["women"]) - int(row["men"])
        assert int(row["undisclosed"]) == rest
    assert {row["association"]: row["undisclosed"] for row in rows}["Roslagen"] == "1"


def test_mia_has_eight_associations_in_21_municipalities() -> None:
    """No municipality belongs to two associations, and all are known."""
    rows = reference.mia_associations()
    codes = [code for row in rows for code in row["municipality_codes"].split(";")]
    assert (len(rows), len(codes), len(set(codes))) == (8, 21, 21)
    assert set(codes) <= reference.municipalities().keys()


def test_reading_needs_no_pandas() -> None:
    """The reference tables are read with the standard library alone: they must load fast."""
    code = "import sys, data.reference as r; r.occupations(); print('pandas' in sys.modules)"
    run = subprocess.run(  # noqa: S603 -- our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"
