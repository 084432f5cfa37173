"""Schemathesis: whatever is sent, the API does what its document says, and never fails.

Once as somebody of every role, with the ids of the world among what is made up, so that not
everything ends at 404. ``STEGET_FUZZ_EXAMPLES`` says how many cases of each kind and operation.
"""

import os
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from api.permissions import OPERATIONS
from api.settings import Settings
from tests.service.world import USERS, World

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("STEGET_FUZZ_EXAMPLES", "6"))


def unlawful_is_refused(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: Case
) -> bool | None:
    """What breaks a schema is refused; 412 is a refusal that Schemathesis does not count."""
    if response.status_code == 412:
        return None
    return checks.negative_data_rejection(ctx, response, case)


CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    unlawful_is_refused,
]
"""Not that all lawful data is taken: places, work and ids are known to the service alone."""
ASKING = [
    "north_supervisor",
    "north_coordinator",
    "cafe_manager",
    "analyst",
    "admin",
    None,
]
HEADERS = {"etag": "ETag", "link": "Link", "location": "Location"}


@pytest.fixture
def kind() -> str:
    """SQLite alone: what is sent and answered is the same on both."""
    return "sqlite"


class Fuzz:
    """Calls every operation as somebody, and counts."""

    def __init__(self, world: World, settings: Settings, user: str | None) -> None:
        """As a user of the world; None is nobody."""
        often = settings.model_copy(update={"requests_per_minute": 10**9})
        app = world.app(often)
        self.user = user
        self.schema = schemathesis.openapi.from_asgi("/steget/v1/openapi.json", app)
        self.schema.config.generation.with_security_parameters = False
        self.headers = {"Authorization": f"Bearer {world.tokens[user]}"} if user else {}
        self.ids = {
            "participant": list(world.participants.values()),
            "opening": list(world.openings.values()),
            "site": list(world.sites.values()),
            "provider": list(world.providers.values()),
            "user": [id_ for name, id_ in world.users.items() if name != user],
        }
        self.statuses: Counter[int] = Counter()
        self.reached: set[str] = set()
        self.wrong: dict[str, str] = {}

    def all(self) -> None:
        """Every operation, with what is lawful and with what is not."""
        for found in self.schema.get_all_operations():
            operation = found.ok()
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                self._one(operation, mode)

    def _one(self, operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
        @how(
            max_examples=EXAMPLES if self._may(operation) else 1,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def ask(case: Case, data: st.DataObject) -> None:
            self._known(case, data)
            answer = case.call(headers=self.headers)
            self.statuses[answer.status_code] += 1
            if answer.status_code < 300:
                self.reached.add(operation.label)
            try:
                case.validate_response(answer, checks=CHECKS)
            except FailureGroup as failures:
                what = " / ".join(one.title for one in failures.exceptions)
                self.wrong[f"{operation.label} {mode.value}: {what}"] = str(failures)[:1500]
            told = case.operation.definition.raw["responses"]
            of = told.get(str(answer.status_code), told["default"])
            for name, shown in HEADERS.items():
                if name in answer.headers and shown not in of["headers"]:
                    self.wrong[f"{operation.label}: {shown} is not told"] = ""

        try:
            ask()
        except Unsatisfiable:
            return  # nothing unlawful can be sent to it

    def _may(self, operation: APIOperation[Any, Any, Any, Any]) -> bool:
        allowed = OPERATIONS[operation.definition.raw["operationId"]]
        return allowed is None or (self.user is not None and USERS[self.user][0] in allowed)

    def _known(self, case: Case, data: st.DataObject) -> None:
        """Ids of the world where ids are, more often than not."""
        for values in (case.path_parameters, case.body):
            if isinstance(values, dict):
                for name, value in values.items():
                    known = self.ids.get(name.removesuffix("Id"))
                    if known and _is_id(value):
                        values[name] = str(data.draw(st.sampled_from([value, *known])))


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("user", ASKING)
def test_the_api_keeps_its_contract(
    world: World,
    settings: Settings,
    user: str | None,
    record_property: Callable[[str, object], None],
) -> None:
    """No 5xx, nothing that the document does not say, and nothing unlawful is taken."""
    fuzz = Fuzz(world, settings, user)
    fuzz.all()
    record_property("cases", sum(fuzz.statuses.values()))
    print(user, sum(fuzz.statuses.values()), "cases", sorted(fuzz.statuses.items()))  # noqa: T201
    print(len(fuzz.reached), "operations answered with what was asked for")  # noqa: T201
    told = "\n\n".join(f"{name}\n{text}" for name, text in fuzz.wrong.items())
    assert not fuzz.wrong, "\n".join(fuzz.wrong) + f"\n\n{told}"
    assert not any(status >= 500 for status in fuzz.statuses)
