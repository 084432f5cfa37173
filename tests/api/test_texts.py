"""The texts: none is missing, none says more than it may, and each language says the same."""

import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from string import Formatter

import pytest

from api import texts
from api.texts import Language
from matcher import explain
from matcher.balance import disclosure
from matcher.dataset import NoticeCode
from matcher.domain import SESSIONS, Barrier, BarrierCode, Enrolment, Need, sessions_of
from matcher.errors import FaultCode
from matcher.explain import Journey, Question, Whom
from matcher.explain.reasons import Reason
from matcher.outcome import Cause, Status
from matcher.policy import Criterion, GoalName
from matcher.travel.reach import Reach
from matcher.verify import Rule, Violation

ENGLISH, SWEDISH = Language.ENGLISH, Language.SWEDISH
FORBIDDEN = (
    *("%", "resurs", "diagnos", "handikapp", "handicap", "disabled", "funktionshindr"),
    *("matchning", "kandidat", "candidate", "brukare", "klient", "resource"),
)
OF_SHARES = ("report", "report_sheets", "report_words", "reference")
"""Groups that speak of shares of people: there a per cent is none of a match."""
EVERY: dict[str, type[Enum]] = {
    "faults": FaultCode,
    "notices": NoticeCode,
    "barriers": BarrierCode,
    "needs": Need,
    "meets": Need,
    "whom": Whom,
    "asking": Whom,
    "removing": Whom,
    "goals": GoalName,
    "criteria": Criterion,
    "statuses": Status,
    "causes": Cause,
    "reasons": Reason,
    "falls": GoalName,
    "authorities": Enrolment,
    "hiding": disclosure.Reason,
    "releasing": disclosure.ReleaseFault,
}
UNKNOWN = {
    BarrierCode.TRAVEL_UNKNOWN: Whom.TRAVEL_PLANNER,
    BarrierCode.TRAVEL_TOO_LONG: Whom.TRAVEL_PLANNER,
    BarrierCode.NOT_INSURED: Whom.AUTHORITY,
    BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT: Whom.COORDINATOR,
}
"""What ``recommend`` asks about besides needs, and whom."""

languages = pytest.mark.parametrize("language", Language)


def entries(language: Language) -> Iterator[tuple[str, str, str]]:
    """Every group, code and template."""
    for group, codes in texts.GROUPS[language].items():
        for code, template in codes.items():
            yield group, code, template


def fields(template: str) -> dict[str, int]:
    """The placeholders of a template, and how often each stands there."""
    names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    return {name: names.count(name) for name in names}


def test_both_languages_say_the_same_things() -> None:
    """The same groups, the same codes in the same order, the same placeholders."""
    english = [(group, code, fields(template)) for group, code, template in entries(ENGLISH)]
    swedish = [(group, code, fields(template)) for group, code, template in entries(SWEDISH)]
    assert english == swedish


@languages
@pytest.mark.parametrize("group", EVERY)
def test_every_member_has_a_text_and_nothing_else_has(language: Language, group: str) -> None:
    """The codes of a group, without their fuller forms, are the members of its enumeration."""
    codes = {code.split()[0] for code in texts.GROUPS[language][group]}
    assert codes == {member.value for member in EVERY[group]}


@languages
def test_reach_and_half_days_have_texts(language: Language) -> None:
    """Reach goes by its names; half-days stand in the order of the week, as their bits do."""
    assert {code.split()[0] for code in texts.GROUPS[language]["reach"]} == set(Reach.__members__)
    assert tuple(texts.GROUPS[language]["half_days"]) == SESSIONS


@languages
def test_every_rule_of_the_verifier_has_a_text(language: Language) -> None:
    """A rule is either a barrier or a rule of plans, and has one sentence."""
    barriers = {str(code) for code in BarrierCode}
    assert set(texts.GROUPS[language]["violations"]) == {str(rule) for rule in Rule} - barriers


@languages
def test_a_code_has_a_plain_form_and_fuller_ones_that_name_their_placeholders(
    language: Language,
) -> None:
    """Whatever parameters a code comes with, there is a sentence that asks for no others."""
    groups = ("faults", "notices", "barriers", "questions", "reach", "reasons", "steps")
    for group, code, template in entries(language):
        if group in groups:
            plain, *names = code.split()
            assert set(fields(template)) == set(names), code
            assert plain in texts.GROUPS[language][group], code
        else:
            assert len(code.split()) == 1, code


@languages
def test_no_text_says_a_forbidden_word_or_is_empty(language: Language) -> None:
    """No per cent of a match, nobody called a resource, no diagnosis; and no stray blanks."""
    for group, code, template in entries(language):
        assert template, code
        assert template == " ".join(template.split()), code
        forbidden = FORBIDDEN[1:] if group in OF_SHARES else FORBIDDEN
        assert not [word for word in forbidden if word in template.lower()], code


@languages
def test_every_need_can_be_asked_about(language: Language) -> None:
    """An unknown need comes out as whom to ask and a question; in Swedish of the place."""
    asked = set()
    for need in Need:
        barrier = Barrier(code=BarrierCode.NEED_UNKNOWN, detail=need)
        sentence = texts.question_sentence(Question(barrier=barrier, whom=Whom.SITE), language)
        assert sentence.startswith(
            {ENGLISH: "Ask the site: ", SWEDISH: "Fråga platsen: "}[language]
        )
        assert sentence.endswith("?")
        asked.add(sentence)
    assert len(asked) == len(Need)


@languages
def test_everything_else_that_is_unknown_can_be_asked_about(language: Language) -> None:
    """Each code that ``recommend`` makes a question of has one, and there is none beside."""
    for code, whom in UNKNOWN.items():
        detail = "52" if code is BarrierCode.TRAVEL_TOO_LONG else ""
        question = Question(barrier=Barrier(code=code, detail=detail), whom=whom)
        assert texts.question_sentence(question, language)
    codes = {code.split()[0].partition(":")[0] for code in texts.GROUPS[language]["questions"]}
    assert codes == {str(code) for code in (*UNKNOWN, BarrierCode.NEED_UNKNOWN)}


@languages
def test_whoever_removes_a_barrier_has_a_sentence(language: Language) -> None:
    """The table of who could remove what is covered."""
    for whom in explain.REMOVERS.values():
        assert texts.say(language, f"removing.{whom}").endswith(".")


@pytest.mark.parametrize(
    ("count", "english", "swedish"),
    [
        (0, "0 days", "0 dagar"),
        (1, "1 day", "1 dag"),
        (2, "2 days", "2 dagar"),
        (1000, "1,000 days", "1\N{NO-BREAK SPACE}000 dagar"),
        (
            1234567,
            "1,234,567 days",
            "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567 dagar",
        ),
    ],
)
def test_plurals_and_thousands(count: int, english: str, swedish: str) -> None:
    """One is one; none is many; thousands stand apart, in Swedish with a blank."""
    assert texts.plural(ENGLISH, count, "day", "days") == english
    assert texts.plural(SWEDISH, count, "dag", "dagar") == swedish


def test_decimals() -> None:
    """A point in English, a comma in Swedish; rounded when asked."""
    assert texts.number(ENGLISH, 1234.5) == "1,234.5"
    assert texts.number(SWEDISH, 1234.5) == "1\N{NO-BREAK SPACE}234,5"
    assert texts.number(SWEDISH, 2 / 3, 2) == "0,67"
    assert texts.number(SWEDISH, -4) == "-4"


def test_say_fills_in_nouns_numbers_and_days() -> None:
    """A placeholder with a noun agrees with its number, in either language."""
    assert texts.say(ENGLISH, "cli.placed", placed=1200, looking=1) == (
        "1,200 of 1 participant placed."
    )
    assert texts.say(SWEDISH, "cli.seats_left", seats=1) == "1 ledig plats"
    assert texts.say(SWEDISH, "cli.seats_left", seats=0) == "0 lediga platser"


def test_what_is_not_there_is_a_key_error() -> None:
    """No text and no parameter are ever made up."""
    for key in ("cli.nonsense", "nonsense.placed", "cli.placed"):
        with pytest.raises(KeyError):
            texts.say(ENGLISH, key)


def test_half_days() -> None:
    """They stand in the order of the week; none is said in words."""
    some = sessions_of(("tue_pm", "mon_am"))
    assert texts.half_days(some, ENGLISH) == "Mon am, Tue pm"
    assert texts.half_days(some, SWEDISH) == "mån fm, tis em"
    assert texts.half_days(0, SWEDISH) == "inga halvdagar"
    assert len(texts.half_days(sessions_of(SESSIONS), ENGLISH).split(", ")) == len(SESSIONS)


@languages
@pytest.mark.parametrize("code", BarrierCode)
def test_a_barrier_without_detail_has_a_sentence(language: Language, code: BarrierCode) -> None:
    """With or without a limit, and without what it is about."""
    for limit in (None, 0, 1, 45):
        sentence = texts.barrier_sentence(Barrier(code=code), language, limit=limit)
        assert sentence.endswith(".")
        assert "None" not in sentence


def test_a_long_journey_is_held_against_its_limit() -> None:
    """Minutes and limit when both are known, minutes alone when they are."""
    barrier = Barrier(code=BarrierCode.TRAVEL_TOO_LONG, detail="52")
    assert texts.barrier_sentence(barrier, ENGLISH, limit=45) == (
        "The journey takes 52 minutes; the limit is 45."
    )
    assert texts.barrier_sentence(barrier, SWEDISH, limit=45) == (
        "Resan tar 52 minuter; gränsen är 45."
    )
    assert texts.barrier_sentence(barrier, ENGLISH) == (
        "The journey takes 52 minutes, longer than the participant can travel."
    )
    one = Barrier(code=BarrierCode.TRAVEL_TOO_LONG, detail="1")
    assert "1 minute," in texts.barrier_sentence(one, ENGLISH)


def test_a_barrier_of_a_need_names_the_need() -> None:
    """The unknown one says so, and that the place can be asked."""
    unmet = Barrier(code=BarrierCode.NEED_UNMET, detail=Need.QUIET)
    assert texts.barrier_sentence(unmet, ENGLISH) == "Not met at the place: a low sound level."
    unknown = Barrier(code=BarrierCode.NEED_UNKNOWN, detail=Need.STEP_FREE)
    assert texts.barrier_sentence(unknown, SWEDISH) == (
        "Okänt \N{EN DASH} fråga platsen. Det gäller: stegfritt hela vägen."
    )


def test_an_exclusion_tells_no_reason() -> None:
    """It says that the place is excluded, and nothing more."""
    barrier = Barrier(code=BarrierCode.EXCLUDED)
    assert texts.barrier_sentence(barrier, ENGLISH) == (
        "The place is excluded for this participant."
    )


@languages
@pytest.mark.parametrize("rule", Rule)
def test_a_violation_says_where_and_what(language: Language, rule: Rule) -> None:
    """From the violation or from its text, which is what a pickled error keeps."""
    violation = Violation(rule=rule, participant_id="P3", opening_id="O12", detail="52")
    sentence = texts.violation_sentence(violation, language)
    assert sentence.startswith("P3@O12 52: ")
    assert sentence == texts.violation_sentence(str(violation), language)
    assert not texts.violation_sentence(Violation(rule=rule), language).startswith(":")


@pytest.mark.parametrize(
    ("journey", "said"),
    [
        (Journey(reach=Reach.MINUTES, minutes=0), "0 minutes"),
        (
            Journey(reach=Reach.MINUTES, minutes=40, low=32, high=50),
            "about 40 minutes, between 32 and 50",
        ),
        (Journey(reach=Reach.UNREACHABLE), "no way to get there in time"),
        (Journey(reach=Reach.UNKNOWN), "travel time unknown"),
        (Journey(reach=Reach.WITHHELD), "journey not shown"),
    ],
)
def test_a_journey_in_words(journey: Journey, said: str) -> None:
    """Zero, unknown, unreachable and not shown are four different things."""
    assert texts.journey_words(journey, ENGLISH) == said


def test_the_texts_load_without_the_engine() -> None:
    """Nothing heavy comes with them: a command that only speaks starts at once."""
    heavy = "numpy pandas pyarrow ortools scipy pydantic matcher"
    code = f"import sys, api.texts; print(*set({heavy!r}.split()) & set(sys.modules))"
    done = subprocess.run(  # noqa: S603 -- our own interpreter, our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
