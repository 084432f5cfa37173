"""The arguments and options that several commands take."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what goes wrong.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
PolicyFile = Annotated[Path | None, typer.Option("--policy", help="A policy in TOML.")]
FormerFolder = Annotated[
    Path | None,
    typer.Option(
        "--former", metavar="PLAN", help="The folder of a former plan, for the goal stability."
    ),
]
PlanDate = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day to plan for; today in Stockholm."),
]
DataSet = Annotated[
    Path,
    typer.Argument(metavar="DATASET", help="A folder of CSV or Parquet files, or a workbook."),
]
TravelStore = Annotated[
    Path | None,
    typer.Option(
        "--travel",
        metavar="STORE",
        help="Travel times from this store, which steget travel build has made.",
    ),
]
PlanFolder = Annotated[Path, typer.Argument(metavar="PLAN", help="The folder of a plan.")]
