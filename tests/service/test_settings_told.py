"""Wrong settings: each gets a sentence in both languages; no traceback, and no secret is told."""

from pathlib import Path

import pytest

from api import texts
from api.settings import DEMO_KEYS, DEMO_SECRET
from api.texts import Language
from tests.service.commanding import FAULTY, SECRET, Machine, set_up

MARK = "hemligt-42"
SOURCES = "gtfs, motis, otp, valhalla, osrm, estimate"
WRONG: list[tuple[dict[str, str | None], str, dict[str, object]]] = [
    ({"secret": None}, "starting.secret_missing", {}),
    ({"secret": ""}, "starting.secret_missing", {}),
    ({"secret": MARK}, "starting.secret_weak", {"characters": 32}),
    ({"secret": DEMO_SECRET}, "starting.of_the_demo", {"setting": "STEGET_SECRET"}),
    ({"keys": None}, "starting.keys_missing", {}),
    ({"keys": DEMO_KEYS}, "starting.of_the_demo", {"setting": "STEGET_KEYS"}),
    ({"keys": MARK}, "service.keys", {}),
    ({"keys": f"1:{MARK}"}, "service.keys", {}),
    ({"keys": "1:aGVtbGlndC00Mg=="}, "service.keys", {}),
    ({"keys": f"x:{MARK}"}, "service.keys", {}),
    (
        {"keys": None, "keys_file": f"no/{MARK}"},
        "starting.file_unreadable",
        {"setting": "STEGET_KEYS_FILE"},
    ),
    (
        {"secret": None, "secret_file": "."},
        "starting.file_unreadable",
        {"setting": "STEGET_SECRET_FILE"},
    ),
    ({"public_url": "http://steget.example"}, "starting.not_behind_tls", {}),
    ({"public_url": "https://steget.example"}, "starting.cookies_not_secure", {}),
    ({"oidc_issuer": "https://login.example"}, "starting.oidc_half", {}),
    ({"travel_store": f"no/{MARK}"}, "starting.travel_no_folder", {}),
    (
        {"travel_otp": f"http://u:{MARK}@localhost"},
        "starting.travel_address",
        {"setting": "STEGET_TRAVEL_OTP"},
    ),
    ({"travel_sources": MARK}, "starting.travel_sources", {"sources": SOURCES}),
    ({"travel_sources": "gtfs,estimate"}, "starting.travel_sources", {"sources": SOURCES}),
    ({"travel_arrive_by": MARK}, "starting.travel_arrive_by", {}),
    ({"offer_days": MARK}, "service.not_a_setting", {"names": "STEGET_OFFER_DAYS"}),
    ({"retention_days": "0"}, "service.not_a_setting", {"names": "STEGET_RETENTION_DAYS"}),
    ({"database_url": MARK}, "service.no_database", {}),
    ({"database_url": ""}, "service.no_database", {}),
    ({"database_url": f"mysql://steget:{MARK}@localhost/x"}, "service.no_database", {}),
    ({"database_url": f"postgresql+none://steget:{MARK}@localhost/x"}, "service.no_database", {}),
    ({"database_url": f"postgresql://u:{MARK}@127.0.0.1:1/x"}, "service.no_database", {}),
    ({"database_url": f"postgresql://u:{MARK}@127.0.0.1:port/x"}, "service.no_database", {}),
    ({"database_url": f"sqlite:////nowhere/{MARK}/steget.db"}, "service.no_database", {}),
    ({"database_url": "sqlite:///no.db"}, "service.no_database", {}),
]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """A machine on SQLite; a file that is no database lies beside."""
    (tmp_path / "no.db").write_text(MARK * 200)
    return set_up(monkeypatch, tmp_path, f"sqlite:///{tmp_path / 'steget.db'}")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("settings", "key", "params"), WRONG)
def test_a_wrong_setting_is_told(
    machine: Machine,
    settings: dict[str, str | None],
    key: str,
    params: dict[str, object],
    language: Language,
) -> None:
    """The one sentence, and not what stood in the setting."""
    machine.set(**settings)
    told = machine.refused("--lang", language, "serve", "--port", "18080")
    assert told == texts.say(language, key, **params)
    assert MARK not in told


@pytest.mark.parametrize("command", ["worker", "migrate", "retention"])
def test_every_command_checks_its_settings(machine: Machine, command: str) -> None:
    """Not ``serve`` alone."""
    machine.set(keys=None)
    assert machine.refused(command) == texts.say(Language.ENGLISH, "starting.keys_missing")


def test_a_name_that_is_no_setting_is_told(machine: Machine) -> None:
    """A slip of the pen would else leave the default in force unseen; the value is not told."""
    machine.set(retenton_days=MARK)
    result = machine.run("migrate")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        texts.say(Language.ENGLISH, "service.no_such_setting", name="STEGET_RETENTON_DAYS")
    ]


def test_an_address_that_cannot_be_listened_on(machine: Machine) -> None:
    """Said before anything is begun: one of a network that is for documentation only."""
    machine.done("migrate")
    told = machine.refused("serve", "--host", "192.0.2.1", "--port", "18080")
    assert told == texts.say(
        Language.ENGLISH, "service.cannot_listen", host="192.0.2.1", port=18080
    )


def test_a_demonstration_is_for_this_machine(machine: Machine) -> None:
    """Everybody knows its password: it does not listen to the network without TLS."""
    told = machine.refused("serve", "--demo", "--host", "192.0.2.1")
    assert told == texts.say(Language.ENGLISH, "starting.not_behind_tls")


def test_no_secret_is_an_option(machine: Machine) -> None:
    """What stands on a command line, every user of the machine can see."""
    for option in ("--secret", "--keys", "--password"):
        result = machine.run("serve", option, SECRET)
        assert result.exit_code == FAULTY
        assert SECRET not in result.stdout + result.stderr
