"""The policy as a document: a TOML file, or what an API sends. All its faults come together."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from matcher.dataset.echo import echo
from matcher.dataset.files import content, refusal
from matcher.errors import Fault, FaultCode, PolicyError
from matcher.policy import (
    DEFAULT_GOALS,
    DEFAULT_SHELF_LIFE_DAYS,
    DEFAULT_WEIGHTS,
    HORIZON_DAYS,
    PARITY_GAP,
    SHELF_LIFE_DAYS,
    SMALLEST_GROUP,
    SUPERVISOR_STARTS,
    USUAL_SMALLEST_GROUP,
    WEIGHT_SUM,
    Criterion,
    GoalName,
    Parity,
    ParityGroups,
    Policy,
)
from matcher.survey import SITE_FIELDS

MAX_BYTES = 1_000_000
MOST_BITS = 1024
DEFAULT = "default"
_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
_SURVEYED = frozenset(field.name for field in SITE_FIELDS)
_DEFAULTS = Policy()


def policy_of(document: Mapping[str, object], source: str) -> Policy:
    """The policy that a document describes; missing keys keep their defaults.

    Args:
        document: keys as in a policy file.
        source: the document's name, for its faults.

    Raises:
        PolicyError: with every fault of the document.
    """
    try:
        parsed = _Document.model_validate(dict(document))
    except ValidationError as error:
        raise PolicyError(faults_of(error, source)) from None
    return parsed.policy()


def read_policy(path: Path) -> Policy:
    """The policy in a TOML file.

    Raises:
        PolicyError: the file is missing, is not TOML, or has faults.
    """
    path = Path(path)
    try:
        refused = refusal(path, MAX_BYTES)
        if refused is not None:
            raise _refused(path, refused)
        text = content(path).decode("utf-8-sig")
        document = tomllib.loads(text)
    except OSError:
        raise _refused(path, FaultCode.FILE_MISSING) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        row = int(line[1]) if line else text.count("\n") + 1
        raise _refused(path, FaultCode.NOT_TOML, row) from None
    except (ValueError, RecursionError):  # no UTF-8, a number of a thousand digits, too deep
        raise _refused(path, FaultCode.NOT_TOML) from None
    return policy_of(document, path.name)


def policy_document(policy: Policy) -> dict[str, object]:
    """A policy as a document that JSON and TOML can hold, and ``policy_of`` reads back."""
    shelf_life = dict.fromkeys(DEFAULT_SHELF_LIFE_DAYS, policy.survey_max_age_days)
    document: dict[str, object] = {
        "weights": {str(criterion): policy.weights[criterion] for criterion in Criterion},
        "goals": [str(goal) for goal in policy.goals],
        "unknown_needs": policy.unknown_needs,
        "horizon_days": policy.horizon_days,
        "survey_max_age_days": {
            DEFAULT: policy.survey_max_age_days,
            **dict(sorted({**shelf_life, **policy.shelf_life_days}.items())),
        },
        "require_equal_treatment": policy.require_equal_treatment,
    }
    if policy.supervisor_starts is not None:
        document["supervisor_starts"] = policy.supervisor_starts
    if policy.parity is not None:
        document["parity"] = {
            "groups": str(policy.parity.groups),
            "gap": policy.parity.gap,
            "smallest_group": policy.parity.smallest_group,
        }
    return document


def faults_of(error: ValidationError, source: str) -> tuple[Fault, ...]:
    """The faults that a pydantic model found in a document; ``column`` is the path of keys."""
    return tuple(_fault(details, source) for details in error.errors(include_url=False))


def _within(legal: tuple[int, int]) -> Callable[[int], int]:
    low, high = legal

    def check(found: int) -> int:
        if not low <= found <= high:
            context = {"low": low, "high": high}
            raise PydanticCustomError(FaultCode.OUT_OF_RANGE, "out of range", context)
        return found

    return check


def _among(legal: type[StrEnum]) -> Callable[[str], str]:
    def check(found: str) -> str:
        if found not in tuple(legal):
            context = {"expected": ", ".join(legal)}
            raise PydanticCustomError(FaultCode.NOT_ONE_OF, "unknown word", context)
        return found

    return check


def _once(found: list[str]) -> list[str]:
    twice = [goal for goal, times in Counter(found).items() if times > 1]
    if twice:
        raise PydanticCustomError(FaultCode.DUPLICATE, "goal twice", {"found": twice[0]})
    return found


def _by_field(found: object) -> object:
    """One shelf life for all fields is a table with nothing but the default."""
    return found if isinstance(found, Mapping) else {DEFAULT: found}


def _surveyed(found: str) -> str:
    if found != DEFAULT and found not in _SURVEYED:
        raise PydanticCustomError(FaultCode.UNKNOWN_KEY, "no survey field", {"found": found})
    return found


Weight = Annotated[int, AfterValidator(_within((0, WEIGHT_SUM)))]
Days = Annotated[int, AfterValidator(_within(SHELF_LIFE_DAYS))]
Horizon = Annotated[int, AfterValidator(_within(HORIZON_DAYS))]
Starts = Annotated[int, AfterValidator(_within(SUPERVISOR_STARTS))]
Gap = Annotated[int, AfterValidator(_within(PARITY_GAP))]
Size = Annotated[int, AfterValidator(_within(SMALLEST_GROUP))]
Goal = Annotated[str, AfterValidator(_among(GoalName))]
Group = Annotated[str, AfterValidator(_among(ParityGroups))]
SurveyName = Annotated[str, AfterValidator(_surveyed)]


class _Weights(BaseModel):
    """The weights; a missing one keeps its default, and the sum must come out."""

    model_config = _STRICT
    wish: Weight = DEFAULT_WEIGHTS[Criterion.WISH]
    travel: Weight = DEFAULT_WEIGHTS[Criterion.TRAVEL]
    want: Weight = DEFAULT_WEIGHTS[Criterion.WANT]
    hours: Weight = DEFAULT_WEIGHTS[Criterion.HOURS]
    start: Weight = DEFAULT_WEIGHTS[Criterion.START]

    @model_validator(mode="after")
    def _sum(self) -> Self:
        total = sum(self.model_dump().values())
        if total != WEIGHT_SUM:
            context = {"expected": WEIGHT_SUM, "sum": total}
            raise PydanticCustomError(FaultCode.WEIGHTS_SUM, "wrong sum", context)
        return self


class _Parity(BaseModel):
    """What the goal ``parity`` asks: nobody guesses whom to compare, and which gap is too wide."""

    model_config = _STRICT
    groups: Group
    gap: Gap
    smallest_group: Size = USUAL_SMALLEST_GROUP

    def settings(self) -> Parity:
        return Parity(
            groups=ParityGroups(self.groups), gap=self.gap, smallest_group=self.smallest_group
        )


def _asked(found: _Parity | None, info: ValidationInfo) -> _Parity | None:
    """The settings of a goal that is listed must be there."""
    if found is None and GoalName.PARITY in info.data.get("goals", ()):
        raise PydanticCustomError(FaultCode.PARITY_MISSING, "goal without settings")
    return found


class _Document(BaseModel):
    """A policy file."""

    model_config = _STRICT
    weights: _Weights = _Weights()
    goals: Annotated[list[Goal], Field(min_length=1), AfterValidator(_once)] = list(DEFAULT_GOALS)
    unknown_needs: Literal["exclude", "check"] = _DEFAULTS.unknown_needs
    horizon_days: Horizon = _DEFAULTS.horizon_days
    survey_max_age_days: Annotated[dict[SurveyName, Days], BeforeValidator(_by_field)] = {}
    require_equal_treatment: bool = _DEFAULTS.require_equal_treatment
    supervisor_starts: Starts | None = None
    parity: Annotated[_Parity | None, Field(validate_default=True), AfterValidator(_asked)] = None

    def policy(self) -> Policy:
        """The policy this file describes."""
        days = dict(self.survey_max_age_days)
        default = days.pop(DEFAULT, _DEFAULTS.survey_max_age_days)
        return Policy(
            weights={criterion: getattr(self.weights, criterion) for criterion in Criterion},
            goals=tuple(GoalName(goal) for goal in self.goals),
            unknown_needs=self.unknown_needs,
            horizon_days=self.horizon_days,
            survey_max_age_days=default,
            shelf_life_days={**DEFAULT_SHELF_LIFE_DAYS, **days},
            require_equal_treatment=self.require_equal_treatment,
            supervisor_starts=self.supervisor_starts,
            parity=None if self.parity is None else self.parity.settings(),
        )


_CODES = {
    "extra_forbidden": FaultCode.UNKNOWN_KEY,
    "missing": FaultCode.VALUE_MISSING,
    "too_short": FaultCode.VALUE_MISSING,
    "int_type": FaultCode.NOT_A_WHOLE_NUMBER,
    "float_type": FaultCode.NOT_A_NUMBER,
    "finite_number": FaultCode.NOT_A_NUMBER,
    "date_type": FaultCode.NOT_A_DATE,
    "date_parsing": FaultCode.NOT_A_DATE,
    "date_from_datetime_parsing": FaultCode.NOT_A_DATE,
    "bool_type": FaultCode.NOT_ONE_OF,
    "literal_error": FaultCode.NOT_ONE_OF,
    "enum": FaultCode.NOT_ONE_OF,
    "list_type": FaultCode.NOT_A_LIST,
    "tuple_type": FaultCode.NOT_A_LIST,
    "dict_type": FaultCode.NOT_A_TABLE,
    "model_type": FaultCode.NOT_A_TABLE,
    "model_attributes_type": FaultCode.NOT_A_TABLE,
    "string_type": FaultCode.NOT_A_TEXT,
    "string_pattern_mismatch": FaultCode.NOT_A_TEXT,
    **{code.value: code for code in FaultCode},
}
_PARAMS = ("low", "high", "expected", "sum")


def _fault(details: ErrorDetails, source: str) -> Fault:
    context = details.get("ctx", {})
    found = context.get("found", details["input"])
    value: str | None = None
    params: dict[str, str | int] = {}
    if isinstance(found, str | int | float):
        value, params = echo(None, _shown(found))
    for name in (name for name in _PARAMS if name in context):
        expected = context[name]
        plain = str(expected).replace("'", "").replace(" or ", ", ")
        params[name] = expected if isinstance(expected, int) else plain
    if details["type"] == "bool_type":
        params["expected"] = "true, false"
    keys = (str(part) for part in details["loc"] if part != "[key]")
    shown, _ = echo(None, ".".join(keys))
    code = _CODES.get(details["type"], FaultCode.NOT_ONE_OF)
    return Fault(code=code, table=source, column=shown or None, value=value, params=params)


def _shown(found: str | float) -> str:
    """What was found as it would be written; of a very large number the beginning will do."""
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, int) and found.bit_length() > MOST_BITS:
        return hex(found)  # decimal digits of it may be refused
    return str(found)


def _refused(path: Path, code: FaultCode, row: int | None = None) -> PolicyError:
    return PolicyError((Fault(code=code, table=path.name, row=row),))
