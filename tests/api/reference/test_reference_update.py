"""``steget reference update`` against both sources on loopback: what changes, what is refused."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from api.reference import sources
from data import reference
from tests.api.command_line import FAULTY, Steget, json_of
from tests.api.reference.public_sources import Body, Edit, Sources, recorded, serving

SHIPPED = Path(reference.__file__).parent


def numbers(body: Body, code: str, men: int, women: int) -> None:
    """Another number of men and of women in a group, all of them in the first age band."""
    at = 4 * body["dimension"]["Yrke2012"]["category"]["index"][code]
    body["value"][at : at + 4] = [men, women, 0, 0]


def concept(body: Body, code: str) -> Body:
    """A group as the taxonomy tells it."""
    every = (one for field in body["data"]["concepts"] for one in field["narrower"])
    return next(one for one in every if one["ssyk_code_2012"] == code)


def test_the_recorded_sources_make_the_shipped_tables(steget: Steget) -> None:
    """Byte for byte: managers added together, two groups that JobTech lacks left out."""
    with serving(Sources()) as there:
        found = json_of(steget("reference", "update", *there.options, "--changed", 0, "--json"))
    years = {"old": "2024", "new": "2024"}
    assert found == {"years": years, "changes": [], "smaller": 0, "written": {}}
    assert [path for path, _ in there.asked] == [
        "/taxonomy/graphql",
        f"/register{sources.REGISTER_PATH}",
    ]
    assert there.asked[1][1] == sources.register_query()


def test_written_tables_are_those_shipped(steget: Steget, tmp_path: Path) -> None:
    """With ``--write``, into a folder that is made, and their sums are told."""
    out = tmp_path / "new"
    with serving(Sources()) as there:
        line = ("reference", "update", *there.options, "--to", out, "--write", "--json")
        found = json_of(steget(*line))
    for name in ("occupations.csv", "fields.csv"):
        content = (out / name).read_bytes()
        assert content == (SHIPPED / name).read_bytes()
        assert found["written"][name] == hashlib.sha256(content).hexdigest()
    assert sorted(path.name for path in out.iterdir()) == ["fields.csv", "occupations.csv"]


def test_without_write_nothing_is_written(steget: Steget, tmp_path: Path) -> None:
    """The folder is not even made; the command says how to."""
    with serving(Sources()) as there:
        told = steget("reference", "update", *there.options, "--to", tmp_path / "new")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[-1] == "Nothing was written: --write does it."
    assert list(tmp_path.iterdir()) == []


def test_every_kind_of_change_is_told(steget: Steget) -> None:
    """A group that is new, one gone, one renamed, one moved, shares that change and turn."""

    def change(body: Body) -> None:
        concept(body, "9413")["preferred_label"] = "Kafébiträden"
        one, other = body["data"]["concepts"][0]["narrower"], body["data"]["concepts"][1]
        other["narrower"].append(one.pop(0))
        concept(body, "6122")["ssyk_code_2012"] = "6123"

    def count(body: Body) -> None:
        numbers(body, "5223", 40, 60)
        numbers(body, "7231", 90, 10)
        index = body["dimension"]["Yrke2012"]["category"]
        index["index"]["6123"] = index["index"].pop("6122")
        index["label"]["6123"] = "6123 Pet carers"

    there = Sources(recorded("taxonomy", change), recorded("yreg54bas", count))
    moved = recorded("taxonomy")["data"]["concepts"][0]["narrower"][0]["ssyk_code_2012"]
    with serving(there):
        found = json_of(steget("reference", "update", *there.options, "--json"))
    kinds = {(one["kind"], one["code"]) for one in found["changes"]}
    kinds = {one for one in kinds if len(one[1]) == 4}
    assert kinds == {
        ("added", "6123"),
        ("removed", "6122"),
        ("renamed", "9413"),
        ("moved", moved),
        ("turned", "5223"),
        ("share", "7231"),
    }
    turned = next(one for one in found["changes"] if one["code"] == "5223")
    assert (turned["old"], turned["new"]) == ("61.89", "60.00")


def test_small_changes_are_counted_only(steget: Steget) -> None:
    """Under ``--changed``, on the same side of 40 and 60: a number, not a row."""
    edited = recorded("yreg54bas", lambda body: numbers(body, "7231", 960, 40))
    with serving(Sources(register=edited)) as there:
        line = ("reference", "update", *there.options, "--json")
        found = json_of(steget(*line, "--changed", 5))
        more = json_of(steget(*line, "--changed", 0.1))
    assert "7231" not in {one["code"] for one in found["changes"]}
    assert found["smaller"] >= 1
    assert "7231" in {one["code"] for one in more["changes"]}


def test_what_is_compared_is_the_folder(steget: Steget, tmp_path: Path) -> None:
    """A folder with tables of its own is what would change."""
    for name in ("occupations.csv", "fields.csv"):
        shutil.copy(SHIPPED / name, tmp_path)
    file = tmp_path / "occupations.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Kafé- och konditoribiträden", "Kafébiträden"), encoding="utf-8")
    with serving(Sources()) as there:
        told = steget("reference", "update", *there.options, "--to", tmp_path)
    assert 'group 9413: "Kafébiträden" is now "Kafé- och konditoribiträden"' in told.stdout
    file.write_text("a,b\n", encoding="utf-8")
    with serving(Sources()) as there:
        told = steget("reference", "update", *there.options, "--to", tmp_path)
    assert told.exit_code == FAULTY
    assert "other columns" in told.stderr


def test_all_faults_are_told_together(steget: Steget, tmp_path: Path) -> None:
    """A group twice, a code of three digits, a group and a field without a name."""

    def spoil(body: Body) -> None:
        one = body["data"]["concepts"][0]["narrower"]
        one.append(dict(one[0]))
        concept(body, "9413")["ssyk_code_2012"] = "941"
        concept(body, "6122")["preferred_label"] = " "
        body["data"]["concepts"].append({"id": "x", "preferred_label": "", "narrower": []})

    with serving(Sources(recorded("taxonomy", spoil))) as there:
        line = ("reference", "update", *there.options, "--to", tmp_path, "--write")
        told = steget(*line)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    twice = recorded("taxonomy")["data"]["concepts"][0]["narrower"][0]["ssyk_code_2012"]
    assert set(told.stderr.splitlines()) == {
        f"Group {twice} is there twice.",
        "A group has the code 941; a code has four digits.",
        "6122 has no label.",
        "x has no label.",
        "Field x has no groups.",
        "Nothing was written.",
    }
    assert list(tmp_path.iterdir()) == []


def test_both_sources_that_fail_are_told(steget: Steget) -> None:
    """One refuses, the other has another form: both sentences, in either language."""
    with serving(Sources(taxonomy=403, register={"dimension": []})) as there:
        told = steget("--lang", "sv", "reference", "update", *there.options)
    assert told.exit_code == FAULTY
    lines = told.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "JobTechs taxonomi",
        "SCB",
        "Inget har skrivits.",
    ]


SPOILT: dict[str, Edit] = {
    "a number is missing": lambda body: body["value"].pop(),
    "less than nobody": lambda body: body["value"].__setitem__(5, -1),
    "a word": lambda body: body["value"].__setitem__(5, "many"),
    "half a person": lambda body: body["value"].__setitem__(14, 0.5),
    "another size": lambda body: body.update(size=[1]),
    "no sex": lambda body: body["dimension"].pop("Kon"),
    "no year": lambda body: body["dimension"]["Tid"]["category"].update(index={"year": 0}),
    "another sex": lambda body: body["dimension"]["Kon"]["category"].update(index=["1", "3"]),
    "places from one": lambda body: body["dimension"]["Kon"]["category"].update(
        index={"1": 1, "2": 2}
    ),
    "nothing": lambda body: body.update(value=None),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_half_a_register_is_a_broken_answer(steget: Steget, spoil: Edit) -> None:
    """Whatever is missing or otherwise in SCB's answer: no table is made of it."""
    with serving(Sources(register=recorded("yreg54bas", spoil))) as there:
        told = steget("reference", "update", *there.options)
    assert told.exit_code == FAULTY
    assert told.stderr.startswith("SCB's register of occupations: ")


def test_the_other_forms_of_json_stat_say_the_same(steget: Steget) -> None:
    """Codes in a list, numbers by their place without those not told."""

    def write_otherwise(body: Body) -> None:
        body["dimension"]["Kon"]["category"]["index"] = ["1", "2"]
        body["value"] = {str(at): one for at, one in enumerate(body["value"]) if one is not None}

    with serving(Sources(register=recorded("yreg54bas", write_otherwise))) as there:
        line = ("reference", "update", *there.options, "--changed", 0, "--json")
        assert json_of(steget(*line))["changes"] == []


def test_an_error_of_graphql_is_a_refusal(steget: Steget) -> None:
    """It comes with status 200."""
    with serving(Sources(taxonomy={"errors": [{"message": "no"}], "data": None})) as there:
        told = steget("reference", "update", *there.options)
    assert told.stderr.startswith("JobTech's taxonomy: ")


def test_a_wrong_address_is_a_mistake_of_usage(steget: Steget) -> None:
    """Nothing is asked, and the address is not repeated."""
    told = steget("reference", "update", "--taxonomy", "ftp://user:secret@host")
    assert told.exit_code == FAULTY
    assert "secret" not in told.stderr


def test_a_field_without_any_figure_has_no_share() -> None:
    """The military: in the recorded answer, and in the shipped table, nothing stands there."""
    body = json.dumps(recorded("yreg54bas")["value"][:12])
    assert body == json.dumps([None] * 12)
    assert [row["field"] for row in reference.fields() if not row["women_pct"]] == ["bH5L_uXD_ZAX"]
