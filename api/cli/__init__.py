"""The command line: ``steget``.

Exit codes: 0 done (also a plan that the time limit cut); 1 no plan, or a plan that breaks a rule;
2 a faulty data set, policy, plan folder or usage. Heavy libraries load inside the commands, so
that ``steget --version`` answers at once.
"""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from api.cli import commands
from api.cli.screen import Screen
from api.texts import Language
from matcher.errors import BadInputError, PlanRejectedError

NO_PLAN = 1
FAULTY = 2

app = typer.Typer(
    name="steget",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Matches participants to work training, explains every answer; a person decides.",
)
for command in commands.ALL:
    app.command()(command)


def _version(asked: bool) -> None:  # noqa: FBT001 -- the shape typer asks for
    if asked:
        typer.echo(f"steget {version('steget')}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    *,
    lang: Annotated[Language, typer.Option(envvar="STEGET_LANG", help="en or sv.")] = (
        Language.ENGLISH
    ),
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    context.obj = lang


def main() -> None:
    """Run a command; every fault of the input is told, and none with a traceback."""
    try:
        app()
    except BadInputError as error:
        _screen().faults(error)
        sys.exit(FAULTY)
    except PlanRejectedError as error:
        _screen().our_bug(error)
        sys.exit(NO_PLAN)
    except OSError as error:
        _screen().not_written(error)
        sys.exit(FAULTY)


def _screen() -> Screen:
    """The screen for faults, in the language asked for wherever it stands on the line."""
    words = " ".join(sys.argv[1:])
    swedish = "--lang sv" in words or "--lang=sv" in words
    return Screen(Language.SWEDISH if swedish else Language.ENGLISH)
