"""What a plan answers, in words: every code has both languages, and numbers come out right."""

from datetime import date

import pytest

from api import texts
from api.texts import Language
from matcher.changes import Change, Subject
from matcher.domain import Barrier, BarrierCode, Enrolment, Insurer, OpeningId, sessions_of
from matcher.explain import Whom
from matcher.explain.reasons import Reason, WhyNot
from matcher.explain.remedies import CHANGEABLE, GOOD, Dimension, Step
from matcher.outcome import Effect
from matcher.policy import GoalName
from matcher.survey import WORK_FIELDS
from tests.builders import day, week

ENGLISH, SWEDISH = Language.ENGLISH, Language.SWEDISH
GAP = "\N{NO-BREAK SPACE}"
ANSWERS = sorted({(name, answer) for good in GOOD.values() for name, answer in good.items()})
TASK = {field.name for field in WORK_FIELDS}
MAY = frozenset({Enrolment.MUNICIPALITY})
STEPS: list[tuple[Dimension, Subject, str, object, object, str, str]] = [
    (
        *(Dimension.MINUTES, Subject.PARTICIPANT, "max_travel_minutes", 45, 1052),
        "if the participant can travel up to 1,052 minutes instead of 45",
        f"om deltagaren kan resa upp till 1{GAP}052 minuter i stället för 45",
    ),
    (
        *(Dimension.MINUTES, Subject.PARTICIPANT, "max_travel_minutes", None, 1),
        "if the participant can travel up to 1 minute",
        "om deltagaren kan resa upp till 1 minut",
    ),
    (
        *(Dimension.DAYS, Subject.PARTICIPANT, "earliest_start", day(60), date(2027, 1, 12)),
        "if the participant can start from 12 January 2027 instead of 30 January 2027",
        "om deltagaren kan börja 12 januari 2027 i stället för 30 januari 2027",
    ),
    (
        *(Dimension.DAYS, Subject.OPENING, "starts_from", day(60), day(31)),
        "if the place lets somebody start from 1 January 2027 instead of 30 January 2027",
        "om det går att börja på platsen från 1 januari 2027 i stället för 30 januari 2027",
    ),
    (
        *(Dimension.DAYS, Subject.OPENING, "starts_until", day(0), day(31)),
        (
            "if the place lets somebody start as late as 1 January 2027, not only until"
            " 1 December 2026"
        ),
        (
            "om det går att börja på platsen så sent som 1 januari 2027, inte bara till"
            " 1 december 2026"
        ),
    ),
    (
        *(Dimension.HOURS, Subject.OPENING, "hours_min", 15, 1),
        "if the place takes somebody for 1 hour a week, not only from 15",
        "om platsen tar emot någon 1 timme i veckan, inte bara från 15",
    ),
    (
        *(Dimension.HOURS, Subject.OPENING, "hours_max", 8, 20),
        "if the place takes somebody for 20 hours a week, not only up to 8",
        "om platsen tar emot någon 20 timmar i veckan, inte bara upp till 8",
    ),
    (
        *(Dimension.HALF_DAYS, Subject.PARTICIPANT, "available"),
        *(week("mon_am"), week("mon_am", "thu_am")),
        "if the participant can come 1 more half-day (Thu am)",
        "om deltagaren kan komma 1 halvdag till (tors fm)",
    ),
    (
        *(Dimension.HALF_DAYS, Subject.OPENING, "sessions"),
        *(week("mon_am"), week("mon_am", "thu_am", "fri_pm")),
        "if the place takes people 2 more half-days (Thu am, Fri pm)",
        "om platsen tar emot 2 halvdagar till (tors fm, fre em)",
    ),
    (
        *(Dimension.SEATS, Subject.OPENING, "seats", 1, 2),
        "if the place has 1 more seat",
        "om platsen kan ta emot 1 person till",
    ),
    (
        *(Dimension.SEATS, Subject.OPENING, "session_seats", 1, 3),
        "if the place has room for 2 more people on every half-day",
        "om platsen kan ta emot 2 personer till varje halvdag",
    ),
    (
        *(Dimension.RULE, Subject.OPENING, "status", "paused", "open"),
        "if the place takes people again",
        "om platsen tar emot igen",
    ),
    (
        *(Dimension.RULE, Subject.OPENING, "eligible_municipalities"),
        *(frozenset({"0127"}), frozenset({"0127", "0180"})),
        "if the coordinator can open the place to the participant's municipality",
        "om samordnaren kan öppna platsen för deltagarens kommun",
    ),
    (
        *(Dimension.RULE, Subject.PARTICIPANT, "enrolled_with"),
        *(MAY, MAY | {Enrolment.SOCIAL_INSURANCE}),
        (
            "if the authority that has the case can enrol the participant with the social"
            " insurance agency"
        ),
        "om myndigheten som har ärendet kan skriva in deltagaren hos Försäkringskassan",
    ),
    (
        *(Dimension.RULE, Subject.PARTICIPANT, "insured_by"),
        *(Insurer.UNKNOWN, Insurer.MUNICIPALITY),
        "if the authority that has the case can have the municipality insure the participant",
        "om myndigheten som har ärendet kan ordna att kommunen försäkrar deltagaren",
    ),
    (
        *(Dimension.RULE, Subject.OPENING, "remote", "no", "yes"),
        "if the place lets the work be done from home",
        "om arbetet på platsen kan göras hemifrån",
    ),
    (
        *(Dimension.RULE, Subject.PROVIDER, "equal_treatment", "no", "yes"),
        "if the coordinator can confirm an agreement on equal treatment with the provider",
        "om samordnaren kan bekräfta en överenskommelse om likabehandling med anordnaren",
    ),
]

languages = pytest.mark.parametrize("language", Language)


def step(dimension: Dimension, *changes: tuple[Subject, str, object, object]) -> Step:
    """A step that changes some things, each from what to what."""
    return Step(
        dimension=dimension,
        amount=1,
        changes=tuple(
            Change(subject=subject, id="X1", name=name, value=value)
            for subject, name, _, value in changes
        ),
        before=tuple(before for _, _, before, _ in changes),
        whom=Whom.SITE,
    )


def survey(*changes: tuple[str, object, object]) -> Step:
    """Answers of the survey, each from what to what."""
    return step(Dimension.SURVEY, *((Subject.SITE, *change) for change in changes))


def effect(*, lose: int = 0, gain: int = 0, move: int = 0, **goals: int) -> Effect:
    """What a choice does to a plan."""
    named = {GoalName(name): change for name, change in goals.items()}
    return Effect(goals=named, lose=lose, gain=gain, move=move, proven=True)


@pytest.mark.parametrize(
    ("dimension", "subject", "name", "before", "value", "english", "swedish"), STEPS
)
def test_a_step_says_from_what_to_what(  # noqa: PLR0913, PLR0917 -- a table
    dimension: Dimension,
    subject: Subject,
    name: str,
    before: object,
    value: object,
    english: str,
    swedish: str,
) -> None:
    """Who would change it, in the singular or the plural, days in words; only what is added."""
    made = step(dimension, (subject, name, before, value))
    assert texts.step_words(made, ENGLISH) == english
    assert texts.step_words(made, SWEDISH) == swedish


def test_every_dimension_has_a_step() -> None:
    """The table above and the survey below cover them all."""
    assert {row[0] for row in STEPS} | {Dimension.SURVEY} == set(Dimension)


@languages
@pytest.mark.parametrize("row", STEPS)
def test_a_step_names_what_it_is_about_elsewhere(
    language: Language, row: tuple[Dimension, Subject, str, object, object, str, str]
) -> None:
    """A change of an opening or a provider is said to be of that one; the participant is one."""
    dimension, subject, name, before, value, *_ = row
    made = step(dimension, (subject, name, before, value))
    said = texts.step_words(made, language, place="Kajan")
    assert ("Kajan" in said) is (subject is not Subject.PARTICIPANT)


@languages
@pytest.mark.parametrize(("name", "answer"), ANSWERS)
def test_every_answer_that_a_step_asks_for_has_words(
    language: Language, name: str, answer: object
) -> None:
    """A change where something is known, else a question; the code itself is never shown."""
    known = texts.step_words(survey((name, "x", answer)), language)
    unknown = texts.step_words(survey((name, None, answer)), language)
    assert known != unknown
    assert name not in known
    assert f"={answer}" not in known


@languages
def test_no_answer_has_words_that_nothing_asks_for(language: Language) -> None:
    """The texts are those of the table in ``matcher.explain.remedies``."""
    codes = {code.partition("=")[0] for code in texts.GROUPS[language]["asked"]}
    assert codes == {name for name, _ in ANSWERS}
    assert codes >= CHANGEABLE
    assert codes >= TASK


def test_what_a_site_would_change_and_what_it_would_confirm() -> None:
    """Several answers are joined; what nobody knows is only to be confirmed."""
    soap = ("hygiene.soap", "scented", "unscented")
    cleaning = ("air.cleaning_products", "scented", "unscented")
    policy = ("air.scent_policy", None, "recommended")
    made = survey(soap, cleaning, policy)
    assert texts.step_words(made, SWEDISH) == (
        "om platsen kan ändra till: oparfymerad tvål och oparfymerade rengöringsmedel, och om"
        " platsen kan bekräfta: att alla ombeds att inte använda parfym"
    )
    assert texts.step_words(survey(soap), ENGLISH, place="Kajan") == (
        "if Kajan can change to: unscented soap"
    )
    one = survey(("arrival.stop_walk_m", None, 300))
    assert texts.step_words(one, SWEDISH).endswith("högst 300 meter att gå från hållplatsen")


def test_a_step_that_says_less() -> None:
    """Without what stood there before, or with nothing to count, there is a plain sentence."""
    seats = step(Dimension.SEATS, (Subject.OPENING, "seats", None, 2))
    assert texts.step_words(seats, SWEDISH) == "om platsen kan ta emot fler"
    days = step(Dimension.HALF_DAYS, (Subject.OPENING, "sessions", None, week("mon_am")))
    assert texts.step_words(days, ENGLISH).endswith("1 more half-day (Mon am)")
    home = step(
        Dimension.RULE,
        (Subject.PARTICIPANT, "enrolled_with", None, frozenset({Enrolment.EMPLOYMENT_SERVICE})),
    )
    assert texts.step_words(home, SWEDISH).endswith("hos Arbetsförmedlingen")


@languages
def test_things_are_joined(language: Language) -> None:
    """One, two, three."""
    word = {ENGLISH: "and", SWEDISH: "och"}[language]
    assert texts.joined(["a"], language) == "a"
    assert texts.joined(["a", "b"], language) == f"a {word} b"
    assert texts.joined(["a", "b", "c"], language) == f"a, b {word} c"


def test_a_way_is_one_sentence() -> None:
    """Pairs are joined; the first letter is large."""
    one = "om platsen tar emot igen"
    two = "om deltagaren kan börja tidigare"
    assert texts.way_sentence([one, two], "Café, Kajan", SWEDISH) == (
        "Om platsen tar emot igen, och om deltagaren kan börja tidigare, så finns det en plats:"
        " Café, Kajan."
    )
    assert texts.way_sentence(["if it rains"], "Café, Kajan", ENGLISH) == (
        "If it rains, there would be a place: Café, Kajan."
    )


@languages
@pytest.mark.parametrize("month", range(1, 13))
def test_days_in_words(language: Language, month: int) -> None:
    """Every month has a name of its own."""
    said = texts.day_words(date(2027, month, 12), language)
    assert said.startswith("12 ")
    assert said.endswith(" 2027")
    assert len(set(texts.GROUPS[language]["months"].values())) == 12


@languages
@pytest.mark.parametrize("goal", GoalName)
def test_every_goal_can_fall(language: Language, goal: GoalName) -> None:
    """By one and by many, and the number is told."""
    one = texts.effect_sentence(effect(lose=1, **{goal: -1}), language)
    many = texts.effect_sentence(effect(lose=1, **{goal: -1000}), language)
    thousand = {ENGLISH: "1,000", SWEDISH: f"1{GAP}000"}[language]
    assert "1" in one
    assert thousand in many
    assert thousand not in one


def test_an_effect_in_words() -> None:
    """The first goal that falls, then the others: one other, two others."""
    assert texts.effect_sentence(effect(placed=0, points=-1, lose=1, move=2), SWEDISH) == (
        "Planen skulle få 1 poäng mindre sammanlagt. 1 annan deltagare skulle förlora sin plats."
        " 2 andra deltagare skulle få en annan plats än nu."
    )
    assert texts.effect_sentence(effect(waiting=-3, points=9, gain=1), ENGLISH) == (
        "Long waits would count less: the plan's priority to them would fall by 3 in all."
        " Nobody would lose their place. 1 other participant would get a place."
    )
    assert texts.effect_sentence(effect(placed=0), SWEDISH) == (
        "Inget annat i planen skulle ändras."
    )
    assert texts.effect_sentence(effect(waiting=2, points=-5), SWEDISH) == (
        "Planen som helhet skulle bli bättre: den var inte den bästa som finns. Planen skulle få"
        " 5 poäng mindre sammanlagt. Ingen skulle förlora sin plats."
    )


@languages
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(language: Language, reason: Reason) -> None:
    """With and without an effect and barriers."""
    bar = Barrier(code=BarrierCode.EXCLUDED)
    for barriers in ((), ((bar, None),), ((bar, None), (bar, Whom.SITE))):
        for what in (None, effect(points=-2, move=1)):
            found = WhyNot(
                opening_id=OpeningId("O1"), reason=reason, barriers=barriers, effect=what
            )
            said = texts.reason_sentence(found, language)
            assert said.endswith(".")
            assert "None" not in said


def test_barriers_are_counted() -> None:
    """One thing stands between; two do."""
    bars = ((Barrier(code=BarrierCode.EXCLUDED), None),) * 2
    for count, said in ((1, "1 sak står emellan."), (2, "2 saker står emellan.")):
        found = WhyNot(opening_id=OpeningId("O1"), reason=Reason.BARRIER, barriers=bars[:count])
        assert texts.reason_sentence(found, SWEDISH) == said


def test_half_days_of_a_step_are_only_those_added() -> None:
    """The week that was there already is not told again."""
    before = sessions_of(("mon_am", "tue_am"))
    after = sessions_of(("mon_am", "tue_am", "wed_pm"))
    made = step(Dimension.HALF_DAYS, (Subject.PARTICIPANT, "available", before, after))
    assert texts.step_words(made, SWEDISH).endswith("(ons em)")


def test_what_would_do_just_as_well() -> None:
    """A plan not proven best may turn out to have a better one: then that is what is said."""
    same = WhyNot(opening_id=OpeningId("O1"), reason=Reason.NOTHING, effect=effect(points=0))
    assert texts.reason_sentence(same, SWEDISH) == (
        "Det skulle gå lika bra som det planen föreslår. Inget annat i planen skulle ändras."
    )
    better = WhyNot(opening_id=OpeningId("O1"), reason=Reason.NOTHING, effect=effect(points=9))
    assert texts.reason_sentence(better, ENGLISH) == (
        "The plan as a whole would be better: it was not the best there is. Nobody would lose"
        " their place."
    )
