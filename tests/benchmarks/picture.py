"""The picture of the race: quality against time, and time against size with its exponent."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, NullLocator

from tests.benchmarks.instances import LARGE, SEATS_ALONE, SMALL, STEGET, TITLES, Instance
from tests.benchmarks.report import bound_of
from tests.benchmarks.runs import Run

FILE = Path(__file__).parents[2] / "docs" / "performance-race.svg"
HALF_DAYS = ("typical", "tight")
LOOKS = {
    STEGET: ("*", "#000000"),
    "cp-sat": ("s", "#d55e00"),
    "highs": ("D", "#0072b2"),
    "flow": ("^", "#009e73"),
    "greedy": ("o", "#7f7f7f"),
    "gale-shapley": ("v", "#cc79a7"),
}
"""Marker and colour of each: markers tell them apart in grey, the colours (Okabe and Ito) for
eyes that do not tell red from green."""
STYLE = {
    "svg.hashsalt": "steget",  # the same figures give the same file
    "svg.fonttype": "none",  # words stay words
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
LOWEST = 70
"""Per cent of the bound where the quality axis begins, unless somebody is below."""
SECONDS = (0.0003, 1200.0)
"""What the time axes of the quality panels reach from and to, so that they can be compared."""
PALE = 0.35
"""How a run looks that the clock stopped: it took the time that it was given."""


def draw(runs: Sequence[Run], file: Path = FILE) -> None:
    """Draw every run that has a plan; what has none is named in its panel.

    Args:
        runs: at most one for each instance and way.
        file: where the SVG goes.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(16, 7.5), layout="constrained")
        panels = figure.subplots(2, 4, squeeze=False)
        for row, half_days in enumerate(HALF_DAYS):
            here = [i for i in (*SMALL, *LARGE) if i.size.half_days == half_days]
            for panel, instance in zip(panels[row], here, strict=False):
                _quality(panel, instance, runs)
            names = {instance.name for instance in here}
            _sizes(panels[row][-1], half_days, [run for run in runs if run.instance in names])
        figure.legend(
            handles=[Line2D([], [], linestyle="none", label=TITLES[p], **_look(p)) for p in LOOKS],
            loc="outside lower center",
            ncols=len(LOOKS),
            title="Pale: cut by the clock. Hollow: half-days left out.",
        )
        figure.savefig(file, format="svg", metadata={"Date": None})


def _quality(panel: Axes, instance: Instance, runs: Iterable[Run]) -> None:
    """People placed, in per cent of the proven bound, against seconds."""
    here = [run for run in runs if run.instance == instance.name]
    bound = bound_of(here, instance.name)
    limit = here[0].limit if here else instance.limit
    _logarithmic(panel, x="seconds of solving")
    panel.set(title=f"{instance.name}, {limit:.0f} s", ylabel="placed, % of Steget's bound")
    panel.axhline(100, color="black", linewidth=0.8, linestyle=":")
    placed = [run for run in here if run.values and bound]
    shares = [100 * run.values[0] / (bound or 1) for run in placed]
    for run, share in zip(placed, shares, strict=True):
        panel.plot(run.seconds["solve"], share, linestyle="none", **_look(run.peer, cut=run.cut))
    seconds = [run.seconds["solve"] for run in placed]
    panel.set_xlim(min([SECONDS[0], *seconds]), max([SECONDS[1], *seconds]))
    panel.set_ylim(min([LOWEST, *(share - 3 for share in shares)]), max([102, *shares]) + 1)
    without = [f"{TITLES[run.peer]}: {run.entry}" for run in here if run.entry]
    text = "\n".join(without) if here else "not run yet"
    panel.text(0.03, 0.03, text, transform=panel.transAxes)


def _sizes(panel: Axes, half_days: str, runs: Sequence[Run]) -> None:
    """Seconds against pairs; the exponent is fitted over the runs that ended by themselves."""
    _logarithmic(panel, x="pairs", y="seconds of solving")
    panel.set_title(f"Time against size, {half_days}")
    handles = []
    for peer in LOOKS:
        own = sorted(
            (run.pairs, run.seconds["solve"], run.cut)
            for run in runs
            if run.peer == peer and run.values
        )
        ended = [(pairs, seconds) for pairs, seconds, cut in own if not cut]
        panel.plot(*np.array(ended).reshape(-1, 2).T, linewidth=1, **_look(peer))
        for pairs, seconds, cut in own:
            if cut:
                panel.plot(pairs, seconds, linestyle="none", **_look(peer, cut=True))
        handles.append(Line2D([], [], linewidth=1, label=_exponent(ended), **_look(peer)))
    panel.legend(
        handles=handles,
        title="exponent",
        loc="center left",
        bbox_to_anchor=(1, 0.5),
        frameon=False,
    )


def _exponent(ended: Sequence[tuple[int, float]]) -> str:
    """The slope of a line through the logarithms of size and time, where there are two sizes."""
    if len({pairs for pairs, _ in ended}) < 2:
        return "none"
    logs = np.log(np.array(ended, dtype=np.float64))
    return f"{np.polyfit(logs[:, 0], logs[:, 1], 1)[0]:.2f}"


def _logarithmic(panel: Axes, x: str, y: str = "") -> None:
    """Axes in powers of ten, in plain numbers; the other axis where it is named."""
    plain = FuncFormatter(lambda value, _: f"{value:,.10g}")
    panel.set(xscale="log", xlabel=x)
    axes = [panel.xaxis]
    if y:
        panel.set(yscale="log", ylabel=y)
        axes.append(panel.yaxis)
    for axis in axes:
        axis.set_major_formatter(plain)
        axis.set_minor_locator(NullLocator())
    panel.grid(visible=True, alpha=0.3)


def _look(peer: str, *, cut: bool = False) -> dict[str, object]:
    marker, colour = LOOKS[peer]
    hollow = peer in SEATS_ALONE  # not to be compared with the others
    return {
        "marker": marker,
        "color": colour,
        "markersize": 13 if peer == STEGET else 8,
        "markerfacecolor": "none" if hollow else colour,
        "markeredgecolor": colour if hollow else "white",
        "alpha": PALE if cut else 1.0,
    }
