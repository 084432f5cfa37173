"""What a service may start on: no secret that is missing, easy or known to everybody."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from api import texts
from api.settings import DEMO_KEYS, DEMO_SECRET, Settings, SettingsError, checked
from api.store import Keyring, new_key
from api.texts import Language, starting
from api.travel import configured

SECRET = "k3Jx9vQ2mZt7Wp5Rb8Ls4Nc6Hd1Gf0Yy-a_u"  # noqa: S105 -- of a test
KEYS = f"1:{new_key()}"


def _settings(**more: Any) -> Settings:  # noqa: ANN401 -- what settings take
    return Settings(**{"secret": SECRET, "keys": KEYS, "_env_file": None, **more})


def _revealed(secret: SecretStr | None) -> str:
    assert secret is not None
    return secret.get_secret_value()


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"secret": None}, "secret_missing"),
    ({"secret": ""}, "secret_missing"),
    ({"secret": "short"}, "secret_weak"),
    ({"secret": "s" * 40}, "secret_weak"),  # long, and guessed at once
    ({"secret": DEMO_SECRET}, "of_the_demo"),
    ({"keys": None}, "keys_missing"),
    ({"keys": DEMO_KEYS}, "of_the_demo"),
    ({"secret": None, "secret_file": Path("no/such/file")}, "file_unreadable"),
    ({"keys": None, "keys_file": Path("no/such/file")}, "file_unreadable"),
    ({"public_url": "http://steget.example.se"}, "not_behind_tls"),
    ({"public_url": "https://steget.example.se"}, "cookies_not_secure"),
    ({"oidc_issuer": "https://login.example.se"}, "oidc_half"),
    ({"oidc_client_id": "steget"}, "oidc_half"),
    (
        {"oidc_issuer": "http://login.example.se", "oidc_client_id": "steget"},
        "oidc_not_behind_tls",
    ),
)


@pytest.mark.parametrize(("more", "code"), WRONG)
def test_it_does_not_start_on_what_is_not_safe(more: dict[str, Any], code: str) -> None:
    """And says what to set, in both languages, without the secret itself."""
    with pytest.raises(SettingsError) as failure:
        checked(_settings(**more))
    assert failure.value.code == code
    for language in Language:
        sentence = texts.say(language, f"starting.{code}", **failure.value.params)
        assert "STEGET_" in sentence
        for secret in (SECRET, KEYS, DEMO_SECRET, DEMO_KEYS):
            assert secret not in sentence + str(failure.value)


TRAVEL: tuple[tuple[dict[str, Any], str], ...] = (
    ({"travel_store": Path("no/such/times.db")}, "travel_no_folder"),
    ({"travel_motis": "127.0.0.1:8080"}, "travel_address"),
    ({"travel_osrm_walk": "https://router.project-osrm.org"}, "travel_address"),  # public
    ({"travel_sources": "gtfs,estimate"}, "travel_sources"),  # not set
    ({"travel_sources": "estimate", "travel_gtfs": Path("sl.zip")}, "travel_sources"),  # not asked
    ({"travel_sources": "estimate,estimate"}, "travel_sources"),
    ({"travel_arrive_by": "8"}, "travel_arrive_by"),
)


@pytest.mark.parametrize(("more", "code"), TRAVEL)
def test_it_does_not_start_on_travel_times_that_nobody_could_build(
    more: dict[str, Any], code: str
) -> None:
    """Said at the start, and not by a job that fails."""
    with pytest.raises(SettingsError) as failure:
        configured.check(_settings(**more))
    assert failure.value.code == code
    for language in Language:
        sentence = texts.say(language, f"starting.{code}", **failure.value.params)
        assert "STEGET_TRAVEL_" in sentence


def test_it_starts_on_travel_times_that_can_be_built(tmp_path: Path) -> None:
    """A store that is still to be made, with a server of one's own."""
    own = {"travel_store": tmp_path / "t.db", "travel_otp": "http://127.0.0.1:8080"}
    configured.check(_settings(**own))
    configured.check(_settings(**own, travel_sources="estimate, otp"))
    settings = _settings(travel_arrive_by="07:30, 07:00")
    configured.check(settings)
    with configured.sources(settings) as found:
        assert configured.asked(settings, found).deadlines == (time(7), time(7, 30))


def test_every_reason_has_its_sentence_and_its_test() -> None:
    """In both languages; none is left over."""
    codes = {code for _, code in (*WRONG, *TRAVEL)}
    assert set(starting.ENGLISH["starting"]) == set(starting.SWEDISH["starting"]) == codes


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"public_url": "https://steget.example.se", "secure_cookies": True},
        {"public_url": "http://localhost:8000"},
        {"oidc_issuer": "https://login.example.se", "oidc_client_id": "steget"},
        {"oidc_issuer": "http://localhost:9400", "oidc_client_id": "steget"},
    ],
)
def test_it_starts_on_what_is_safe(more: dict[str, Any]) -> None:
    """Nothing of it is changed."""
    found = checked(_settings(**more))
    assert (_revealed(found.secret), _revealed(found.keys)) == (SECRET, KEYS)


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    """As a service manager hands them in; a line end behind them is not theirs."""
    for name, content in (("secret", SECRET), ("keys", KEYS)):
        (tmp_path / name).write_text(f"{content}\n", encoding="utf-8")
    found = checked(
        _settings(
            secret=None,
            keys=None,
            secret_file=tmp_path / "secret",
            keys_file=tmp_path / "keys",
        )
    )
    assert (_revealed(found.secret), _revealed(found.keys)) == (SECRET, KEYS)


def test_a_demonstration_brings_its_own_and_says_so() -> None:
    """Keys that open what they seal; outside of it, nothing starts on them."""
    found = checked(_settings(secret=None, keys=None, demo=True))
    assert (_revealed(found.secret), _revealed(found.keys)) == (DEMO_SECRET, DEMO_KEYS)
    assert Keyring.read(DEMO_KEYS).newest == 1
    own = checked(_settings(demo=True))
    assert _revealed(own.secret) == SECRET


def test_settings_do_not_show_their_secrets() -> None:
    """However they are printed."""
    found = repr(checked(_settings())) + str(_settings().model_dump())
    assert SECRET not in found
    assert KEYS not in found
