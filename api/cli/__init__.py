"""The command line: ``steget``.

Exit codes: 0 done (also a plan that the time limit cut); 1 no plan, or a plan that breaks a rule;
2 a faulty data set, policy, plan folder or usage; 130 interrupted. Heavy libraries load inside the
commands, so that ``steget --version`` answers at once.
"""

import io
import sys
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Annotated, Concatenate, ParamSpec

import typer

from api.cli import accounts, commands, keeping, referring, reporting, serving, travelling
from api.cli.screen import Screen
from api.texts import Language
from matcher.errors import BadInputError, PlanCancelledError, PlanRejectedError

NO_PLAN = 1
FAULTY = 2
INTERRUPTED = 130
P = ParamSpec("P")


def told(command: Callable[Concatenate[typer.Context, P], None]) -> Callable[..., None]:
    """The same command; every fault of the input is told in the language asked for."""

    @wraps(command)
    def run(context: typer.Context, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(context, *args, **kwargs)
        except BadInputError as error:
            Screen(context.obj).faults(error)
            raise typer.Exit(FAULTY) from None
        except PlanRejectedError as error:
            Screen(context.obj).our_bug(error)
            raise typer.Exit(NO_PLAN) from None
        except PlanCancelledError:
            Screen(context.obj).cancelled()
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # nobody reads on: typer ends it, and there is no one to tell
            raise
        except OSError as error:
            Screen(context.obj).not_written(error)
            raise typer.Exit(FAULTY) from None

    return run


app = typer.Typer(
    name="steget",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Matches participants to work training, explains every answer; a person decides.",
)
for command in (*commands.ALL, *reporting.ALL, *serving.ALL, *keeping.ALL):
    app.command()(told(command))
GROUPS = {
    "travel": (
        travelling.ALL,
        "Travel times: computed beforehand into a store, and estimates fitted to real ones.",
    ),
    "reference": (
        referring.ALL,
        "The tables of occupations, from their public sources; asked only by this command.",
    ),
    "audit": (keeping.OF_AUDIT, "The record of who did what."),
    "users": (accounts.OF_USERS, "Accounts: the first one, before anybody can log in."),
    "organisations": (accounts.OF_ORGANISATIONS, "Controllers (huvudmän)."),
    "keys": (keeping.OF_KEYS, "The keys that needs are sealed with."),
}
for name, (of_group, what) in GROUPS.items():
    group = typer.Typer(name=name, no_args_is_help=True, help=what)
    for of_it in of_group:
        group.command(of_it.__name__.partition("_")[0])(told(of_it))
    app.add_typer(group)


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
    """Run a command; what an output cannot write becomes a question mark, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
