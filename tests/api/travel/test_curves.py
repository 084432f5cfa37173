"""The curves of a file: each way of travelling has its own, with its own band, or the built-in."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from api.travel.curves import curve_file, curves_of, fitted, name_of, read_curves, written
from api.travel.pairs import NEEDED, Pairs, read_pairs
from matcher.domain import Mode
from matcher.errors import BadInputError, FaultCode
from matcher.travel.calibrate import LIMITS, Calibration
from matcher.travel.estimate import DEFAULT, Coefficients, band


def calibration(coefficients: Coefficients, within: tuple[int, int]) -> Calibration:
    """A fit to 40 pairs."""
    return Calibration(
        coefficients=coefficients,
        pairs=40,
        destinations=4,
        farthest_km=30.0,
        mean_error=3.0,
        error_of_nine_in_ten=6.0,
        bias=0.5,
        wrong_side=dict.fromkeys(LIMITS, 0.1),
        band=within,
    )


NONE = np.zeros(0)
PAIRS = Pairs(
    km=NONE,
    minutes=NONE,
    destination=NONE.astype(np.int64),
    sources=("gtfs/1a2b3c4d",),
    days=(date(2026, 11, 17), date(2026, 11, 24)),
)
FOUND = {
    Mode.TRANSIT: calibration((2.0, 0.5, 11.0), (20, 10)),
    Mode.CAR: calibration((4.0, 0.4, 5.0), (3, 12)),
}
FITTED_TO = dict.fromkeys(FOUND, PAIRS)


@pytest.mark.parametrize("modes", [(Mode.TRANSIT,), (Mode.CAR,), (Mode.TRANSIT, Mode.CAR)])
def test_what_is_written_is_what_the_estimate_rests_on(
    tmp_path: Path, modes: tuple[Mode, ...]
) -> None:
    """Coefficients and band of what was fitted; of the rest the built-in ones."""
    data = written(curve_file({mode: FOUND[mode] for mode in modes}, FITTED_TO))
    path = tmp_path / "curve.json"
    path.write_bytes(data)
    curves = read_curves(path)
    assert curves.name == name_of(data)
    for mode in (Mode.TRANSIT, Mode.CAR):
        known = FOUND[mode].coefficients if mode in modes else DEFAULT.of(mode)
        less, more = FOUND[mode].band if mode in modes else DEFAULT.band_of(mode)
        assert curves.of(mode) == known
        assert band(40, mode, curves) == (40 - less, 40 + more)


def test_a_way_that_was_not_fitted_is_not_in_the_file() -> None:
    """The built-in curve and band hold for it."""
    file = curve_file({Mode.CAR: FOUND[Mode.CAR]}, FITTED_TO)
    assert (file.transit, file.car) == (None, fitted(FOUND[Mode.CAR], PAIRS))
    curves = curves_of(file, "x")
    assert (curves.transit, curves.transit_band) == (DEFAULT.transit, DEFAULT.transit_band)


def test_the_file_tells_what_it_was_fitted_to() -> None:
    """Sources and days, where the pairs tell them; else nothing is made up."""
    parts = curve_file(
        FOUND, {Mode.TRANSIT: PAIRS, Mode.CAR: replace(PAIRS, sources=(), days=None)}
    )
    found = json.loads(written(parts))
    days = {"firstDay": "2026-11-17", "lastDay": "2026-11-24"}
    assert found["transit"].items() >= {"sources": ["gtfs/1a2b3c4d"], **days}.items()
    assert found["car"]["sources"] == []
    assert not days.keys() & found["car"].keys()


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("sources", ["a\nb"], FaultCode.NOT_A_TEXT),
        ("sources", ["a" * 101], FaultCode.NOT_A_TEXT),
        ("sources", [7], FaultCode.NOT_A_TEXT),
        ("firstDay", "2026-11-31", FaultCode.NOT_A_DATE),
        ("lastDay", 7, FaultCode.NOT_A_DATE),
    ],
)
def test_faults_in_what_it_was_fitted_to(
    tmp_path: Path, key: str, value: object, code: FaultCode
) -> None:
    """Read as strictly as the rest."""
    document = json.loads(written(curve_file(FOUND, FITTED_TO)))
    document["car"][key] = value
    path = tmp_path / "curve.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BadInputError) as refused:
        read_curves(path)
    assert [fault.code for fault in refused.value.faults] == [code]


def table(path: Path, *rows: str) -> Path:
    """A table of pairs with who told them and for which day."""
    head = ",".join((*NEEDED, "mode", "source", "day"))
    path.write_text("\n".join((head, *(f"59,18,59.1,18,{row}" for row in rows))), encoding="utf-8")
    return path


def test_sources_and_days_of_pairs(tmp_path: Path) -> None:
    """Each source once, the first day and the last, by way of travelling; empty cells are none."""
    rows = ("30,,b,2026-11-24", "31,transit,a,", "32,,b,2026-11-17", "20,car,,")
    found = read_pairs(table(tmp_path / "real.csv", *rows))
    transit, car = found[Mode.TRANSIT], found[Mode.CAR]
    assert (transit.sources, transit.days) == (
        ("a", "b"),
        (date(2026, 11, 17), date(2026, 11, 24)),
    )
    assert (car.sources, car.days) == ((), None)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("30,,a,yesterday", "day", FaultCode.NOT_A_DATE),
        ("30,,a,20261124", "day", FaultCode.NOT_A_DATE),
        (f"30,,{'a' * 101},", "source", FaultCode.NOT_A_TEXT),
        ("30,,a\x07b,", "source", FaultCode.NOT_A_TEXT),
    ],
)
def test_faults_in_sources_and_days(
    tmp_path: Path, row: str, column: str, code: FaultCode
) -> None:
    """Told with their row and column; what stands there is not repeated."""
    with pytest.raises(BadInputError) as refused:
        read_pairs(table(tmp_path / "real.csv", "30,,a,2026-11-24", row))
    (fault,) = refused.value.faults
    assert (fault.code, fault.row, fault.column, fault.value) == (code, 3, column, None)
