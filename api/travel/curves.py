"""The curves of the estimate as a file: made by ``steget travel calibrate``, read by ``build``.

The file says how the curves were fitted and how far off they are. Its digest is the name of the
curves, so that an answer tells which of them it rests on.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    FiniteFloat,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from api.travel.pairs import SOURCE, Pairs
from matcher.dataset.files import content, refusal
from matcher.dataset.policy_file import faults_of
from matcher.domain import Mode
from matcher.errors import BadInputError, Fault, FaultCode
from matcher.travel.calibrate import LIMITS, Calibration, check_rising
from matcher.travel.estimate import DEFAULT, Curves

MAX_BYTES = 100_000
NAME_LENGTH = 12


class _Document(BaseModel):
    """What is common to all parts of the file."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        alias_generator=to_camel,
        populate_by_name=True,
    )


def _within(low: int, high: int) -> Callable[[float], float]:
    def check(found: float) -> float:
        if not low <= found <= high:
            context = {"low": low, "high": high}
            raise PydanticCustomError(FaultCode.OUT_OF_RANGE, "out of range", context)
        return found

    return check


def _every_limit(found: dict[str, float]) -> dict[str, float]:
    if list(found) != [str(limit) for limit in LIMITS]:
        limits = ", ".join(map(str, LIMITS))
        raise PydanticCustomError(FaultCode.NOT_ONE_OF, "other limits", {"expected": limits})
    return found


Number = Annotated[FiniteFloat, AfterValidator(_within(-1000, 1000))]
Minutes = Annotated[int, AfterValidator(_within(0, 1440))]
Share = Annotated[FiniteFloat, AfterValidator(_within(0, 1))]
Count = Annotated[int, AfterValidator(_within(1, 10**9))]
Figure = Annotated[FiniteFloat, AfterValidator(_within(0, 10**5))]


class Fitted(_Document):
    """One curve with its errors in minutes, foretold by destination.

    ``sources`` and the days tell what it was fitted to, as far as the table of pairs did.
    """

    coefficients: tuple[Number, Number, Number]
    band: tuple[Minutes, Minutes]
    pairs: Count
    destinations: Count
    farthest_km: Figure
    sources: tuple[Annotated[str, StringConstraints(pattern=SOURCE)], ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    mean_error: Figure
    error_of_nine_in_ten: Figure
    bias: FiniteFloat
    wrong_side: Annotated[dict[str, Share], AfterValidator(_every_limit)]


class CurveFile(_Document):
    """The curves that were fitted; of the other way of travelling the built-in one holds."""

    form: Literal["steget-curves-1"] = "steget-curves-1"
    transit: Fitted | None = None
    car: Fitted | None = None

    @model_validator(mode="after")
    def _some(self) -> "CurveFile":
        if self.transit is None and self.car is None:
            raise PydanticCustomError(FaultCode.VALUE_MISSING, "no curve", {"found": None})
        return self


def fitted(found: Calibration, pairs: Pairs) -> Fitted:
    """A calibration to some pairs as it stands in the file."""
    first, last = pairs.days or (None, None)
    return Fitted(
        coefficients=found.coefficients,
        band=found.band,
        pairs=found.pairs,
        destinations=found.destinations,
        farthest_km=round(found.farthest_km, 3),
        sources=pairs.sources,
        first_day=first,
        last_day=last,
        mean_error=round(found.mean_error, 3),
        error_of_nine_in_ten=round(found.error_of_nine_in_ten, 3),
        bias=round(found.bias, 3),
        wrong_side={str(limit): round(share, 4) for limit, share in found.wrong_side.items()},
    )


def curve_file(found: Mapping[Mode, Calibration], pairs: Mapping[Mode, Pairs]) -> CurveFile:
    """The file of what was fitted to which pairs, by way of travelling."""
    parts = {mode: fitted(one, pairs[mode]) for mode, one in found.items()}
    return CurveFile(transit=parts.get(Mode.TRANSIT), car=parts.get(Mode.CAR))


def written(file: CurveFile) -> bytes:
    """The bytes of a curve file."""
    values = file.model_dump(mode="json", by_alias=True, exclude_none=True)
    return (json.dumps(values, indent=2) + "\n").encode()


def name_of(data: bytes) -> str:
    """What the curves of a file are called: the beginning of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:NAME_LENGTH]


def read_curves(path: Path) -> Curves:
    """The curves of a file.

    Raises:
        BadInputError: with every fault of it.
        CalibrationError: a curve that falls somewhere.
    """
    try:
        refused = refusal(path, MAX_BYTES)
        data = b"" if refused else content(path)
    except OSError:
        refused = FaultCode.FILE_MISSING
    if refused:
        raise BadInputError((Fault(code=refused, table=path.name),))
    try:
        file = CurveFile.model_validate_json(data)
    except ValidationError as error:
        faults = faults_of(error, path.name)
        if error.errors(include_url=False)[0]["type"] == "json_invalid":
            faults = (Fault(code=FaultCode.NOT_JSON, table=path.name),)
        raise BadInputError(faults) from None
    for one in (file.transit, file.car):
        if one is not None:
            check_rising(one.coefficients)
    return curves_of(file, name_of(data))


def curves_of(file: CurveFile, name: str) -> Curves:
    """Curves for the estimate: the file's, and the built-in one where it has none."""
    transit, car = file.transit, file.car
    return Curves(
        name=name,
        transit=transit.coefficients if transit else DEFAULT.transit,
        car=car.coefficients if car else DEFAULT.car,
        transit_band=transit.band if transit else DEFAULT.transit_band,
        car_band=car.band if car else DEFAULT.car_band,
    )
