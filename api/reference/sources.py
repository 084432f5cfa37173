"""The two public sources: JobTech's taxonomy, and SCB's table YREG54BAS.

Both answer without a key and are told nothing but which table is asked for. The forms follow
JobTech's GraphQL (``concepts`` with ``narrower``) and PxWeb's API 1.0 (a query by POST, an answer
in JSON-stat 2); the codes of the table's variables are those of public programs that read it.
Neither server was called where this was written: the recorded answers of the tests are ours, in
the documented form. What has another form is a broken answer, never half a table.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from math import prod

from api.travel.calls import Caller
from api.travel.settings import Server
from api.travel.shapes import listing, mapping, text
from api.travel.troubles import CallFailedError, Trouble

TAXONOMY_URL = "https://taxonomy.api.jobtechdev.se/v1/taxonomy"
TAXONOMY_QUERY = (
    '{concepts(type: "occupation-field") {id preferred_label'
    ' narrower(type: "ssyk-level-4") {preferred_label ssyk_code_2012}}}'
)
REGISTER_URL = "https://api.scb.se/OV0104/v1/doris"
REGISTER_PATH = "/en/ssd/AM/AM0208/AM0208E/YREG54BAS"
"""In English, since the labels of groups are already there in Swedish."""
AGES = (
    *("16-24", "25-29", "30-34", "35-39", "40-44"),
    *("45-49", "50-54", "55-59", "60-64"),
)
"""Added up: employees of 16 to 64 years, as the shipped shares are."""
MEN, WOMEN = "1", "2"
EMPLOYEES = "000006Y1"
OCCUPATION, AGE, SEX, YEAR = "Yrke2012", "Alder", "Kon", "Tid"
PATIENCE = 60.0
"""Seconds for one attempt; the statistics are some 8,000 cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An occupation group (yrkesgrupp): its code in SSYK 2012, its label, the id of its field."""

    code: str
    label: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """JobTech's fields, id and label, and the groups in them, as they were told."""

    fields: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """SCB's employees of a year by group: men and women, and English labels.

    A group of which no number is told is not in ``men`` or not in ``women``.
    """

    year: int
    men: Mapping[str, int]
    women: Mapping[str, int]
    labels: Mapping[str, str]


def server(base_url: str) -> Server:
    """How one of the sources is asked.

    Raises:
        ValueError: an address that cannot be used.
    """
    return Server(base_url=base_url, timeout_seconds=PATIENCE, trust_environment=True)


def taxonomy(caller: Caller) -> Taxonomy:
    """The occupation fields and their groups.

    Raises:
        CallFailedError: no answer, or one of another form.
    """
    reply = caller.get("/graphql", {"query": TAXONOMY_QUERY})
    body = mapping(reply.body)
    if reply.status != HTTPStatus.OK or body.get("errors"):
        raise CallFailedError(Trouble.REFUSED)
    fields, groups = [], []
    for one in listing(mapping(body.get("data")).get("concepts")):
        field = mapping(one)
        code = text(field.get("id"))
        fields.append((code, text(field.get("preferred_label")).strip()))
        for each in listing(field.get("narrower")):
            group = mapping(each)
            label = text(group.get("preferred_label")).strip()
            groups.append(Group(code=text(group.get("ssyk_code_2012")), label=label, field=code))
    return Taxonomy(fields=tuple(fields), groups=tuple(groups))


def register(caller: Caller) -> Register:
    """The employees of the latest year there is.

    Raises:
        CallFailedError: no answer, or one of another form.
    """
    reply = caller.post(REGISTER_PATH, register_query())
    if reply.status != HTTPStatus.OK:
        raise CallFailedError(Trouble.REFUSED)
    return _register(mapping(reply.body))


def register_query() -> dict[str, object]:
    """The question to SCB, as PxWeb takes it; industries left out are added up there."""
    chosen = (
        (OCCUPATION, "all", ["*"]),
        (AGE, "item", list(AGES)),
        (SEX, "item", [MEN, WOMEN]),
        ("ContentsCode", "item", [EMPLOYEES]),
        (YEAR, "top", ["1"]),
    )
    return {
        "query": [
            {"code": code, "selection": {"filter": how, "values": values}}
            for code, how, values in chosen
        ],
        "response": {"format": "json-stat2"},
    }


def _register(body: dict[str, object]) -> Register:
    dimensions = mapping(body.get("dimension"))
    names = [text(name) for name in listing(body.get("id"))]
    codes = [_codes(mapping(dimensions.get(name))) for name in names]
    if {OCCUPATION, SEX, YEAR} - set(names) or listing(body.get("size")) != list(map(len, codes)):
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    (year,) = listing(codes[names.index(YEAR)], 1)
    if not text(year).isdecimal():
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    occupations, sexes = codes[names.index(OCCUPATION)], codes[names.index(SEX)]
    counts: Counter[tuple[str, str]] = Counter()
    for at, number in enumerate(_values(body.get("value"), prod(map(len, codes)))):
        if number is not None:
            place = _place(at, names, codes)
            counts[place[OCCUPATION], place[SEX]] += number
    men, women = (
        {code: counts[code, sex] for code in occupations if (code, sex) in counts}
        for sex in (MEN, WOMEN)
    )
    if set(sexes) != {MEN, WOMEN}:
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    labels = mapping(mapping(mapping(dimensions[OCCUPATION]).get("category")).get("label"))
    return Register(
        year=int(text(year)),
        men=men,
        women=women,
        labels={code: _bare(text(label), code) for code, label in labels.items()},
    )


def _codes(dimension: dict[str, object]) -> list[str]:
    """The codes of a dimension in their order; JSON-stat has them in a list or by position."""
    index = mapping(dimension.get("category")).get("index")
    if isinstance(index, dict):
        places = sorted(index.items(), key=lambda one: _whole(one[1]))
        if [place for _, place in places] != list(range(len(places))):
            raise CallFailedError(Trouble.BROKEN_ANSWER)
        return [str(code) for code, _ in places]
    return [text(code) for code in listing(index)]


def _values(value: object, cells: int) -> list[int | None]:
    """The numbers of a table; JSON-stat may write them by position, without those not told."""
    if isinstance(value, dict):
        known = {_whole(int(at) if at.isdecimal() else None): one for at, one in value.items()}
        listed: list[object] = [known.get(at) for at in range(cells)]
    else:
        listed = listing(value, cells)
    return [None if one is None else _whole(one) for one in listed]


def _whole(value: object) -> int:
    """A whole number that is not below 0; a decimal point with nothing behind it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    if value < 0 or value != int(value):
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    return int(value)


def _place(at: int, names: Sequence[str], codes: Sequence[Sequence[str]]) -> dict[str, str]:
    """Of which codes the number at a position is: the last dimension turns fastest."""
    found = {}
    for name, of in zip(reversed(names), reversed(codes), strict=True):
        at, here = divmod(at, len(of))
        found[name] = of[here]
    return found


def _bare(label: str, code: str) -> str:
    """A label without its code, which some tables write before it."""
    return label.removeprefix(code).strip()
