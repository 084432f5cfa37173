"""Whoever would compute hidden figures: a reckoner that knows only what was published.

It shares no code with what hides. Known: what is shown; that what is hidden is not 0; which cells
add up to which; who lies within whom; every release so far. Looked for: the
least and the largest whole number that each hidden figure, each remainder and each difference of
nested figures can be. An integer programme answers exactly.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy import optimize, sparse

from matcher.balance.disclosure import ProtectedRelease, Reason, Release, Table

Name = tuple[str, frozenset[tuple[str, str]]]
"""A population, and the codes that its people have."""
Extra = tuple[str, Name, str]
"""What nobody prints: the rest over a dimension, or the difference to a population."""
MANY = 2000
SWEEPS = 6
"""How often all secret figures are pulled at once, before each that looks pinned is alone."""


def cells(table: Table) -> Iterable[tuple[Name, tuple[str | None, ...], int]]:
    """Every cell of a table: its name, its codes and its true count."""
    axes = [(*one.codes, None) if one.total else one.codes for one in table.dimensions]
    for codes, count in zip(product(*axes), table.counts.ravel().tolist(), strict=True):
        pairs = zip(table.dimensions, codes, strict=True)
        given = frozenset((one.name, code) for one, code in pairs if code is not None)
        yield (table.population, given), codes, count


@dataclass
class Reckoner:
    """What is known, and what can be computed from it.

    ``truth`` is used for two things only: which rests are nothing (a reader takes a list of
    categories for complete when it is), and which unprinted figures are few.
    """

    threshold: int = 5
    protection: int = 2
    truth: dict[Name, int] = field(default_factory=dict)
    shown: dict[Name, int] = field(default_factory=dict)
    hidden: set[Name] = field(default_factory=set)
    above: dict[str, dict[str, str]] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)
    nested: set[tuple[str, str, frozenset[str], bool]] = field(default_factory=set)

    def read(self, release: Release, published: ProtectedRelease) -> None:
        """Learn a release: its figures, what it hides, and who lies within whom."""
        for table in release.tables:
            protected = published.table(table.name)
            for one in table.dimensions:
                self.above.setdefault(one.name, {}).update(one.above())
                self.loose |= set() if one.total else {one.name}
            for name, codes, count in cells(table):
                found = protected.cell(*codes)
                if isinstance(found, Reason):
                    if found is not Reason.REFUSED:
                        self.hidden.add(name)
                        self.truth[name] = count
                else:
                    assert found == count, "what is shown is true"
                    self.shown[name] = self.truth[name] = count
        self.nested |= {
            (one.inner, one.outer, frozenset(one.over), one.guarded) for one in release.nestings
        }
        self.nested |= {
            (inner, far, over & more if over and more else over | more, guarded and also)
            for inner, outer, over, guarded in self.nested
            for near, far, more, also in self.nested
            if near == outer
        }

    def sums(self) -> dict[Extra, tuple[Name, list[Name]]]:
        """Every whole with its parts: over each dimension, and over each nesting."""
        found: dict[Extra, tuple[Name, list[Name]]] = {}
        for name in self.truth:
            population, codes = name
            for dimension, code in codes:
                rest = codes - {(dimension, code)}
                up = self.above[dimension][code]
                while up and (population, rest | {(dimension, up)}) not in self.truth:
                    up = self.above[dimension][up]
                whole = (population, rest | ({(dimension, up)} if up else set()))
                if whole in self.truth and dimension not in self.loose:
                    found.setdefault((dimension, whole, "rest"), (whole, []))[1].append(name)
            for inner, outer, over, guarded in self.nested:
                whole = (outer, codes)
                told = not over or over.issuperset(dimension for dimension, _ in codes)
                if inner == population and whole in self.truth and told:
                    found["" if guarded else "-", whole, inner] = (whole, [name])
        return found

    def reckon(self) -> dict[Name | Extra, tuple[int, int]]:
        """For each figure that must not be found the least and the largest it can be."""
        sums = self.sums()
        names: list[Name | Extra] = [*self.truth]
        true = list(self.truth.values())
        secret = [name in self.hidden and name not in self.shown for name in names]
        bounds = [self._known(name) for name in self.truth]
        for extra, (whole, parts) in sums.items():
            left = self.truth[whole] - sum(self.truth[part] for part in parts)
            assert left >= 0
            if left or extra[0] in {"", "-"}:
                names.append(extra)
                true.append(left)
                bounds.append((0, MANY))
                secret.append(0 < left < self.threshold and extra[0] != "-")
        at = {name: place for place, name in enumerate(names)}
        rows = sparse.lil_array((max(1, len(sums)), len(names)))
        for row, (extra, (whole, parts)) in enumerate(sums.items()):
            rows[row, at[whole]] -= 1
            for part in (*parts, *([extra] if extra in at else [])):
                rows[row, at[part]] += 1
        low, high = np.array(bounds).T
        least, most = np.array(true), np.array(true)
        rng = np.random.default_rng(0)
        cells = np.flatnonzero(secret)
        goals = [np.where(secret, rng.choice([-1, 1], len(names)), 0) for _ in range(SWEEPS)]
        goals += [np.eye(len(names))[cell] * sign for cell in cells for sign in (1, -1)]
        matrix = rows.tocsr()
        for turn, goal in enumerate(goals):
            wanted = np.flatnonzero(goal)
            if turn >= SWEEPS and least[wanted[0]] + self.protection <= most[wanted[0]]:
                continue
            answer = optimize.milp(
                goal,
                integrality=np.ones(len(names)),
                bounds=optimize.Bounds(low, high),
                constraints=optimize.LinearConstraint(matrix, 0, 0),
            )
            values = np.round(answer.x).astype(int)
            assert not (matrix @ values).any(), "a table that could be the true one"
            least, most = np.minimum(least, values), np.maximum(most, values)
        return {names[cell]: (int(least[cell]), int(most[cell])) for cell in cells}

    def _known(self, name: Name) -> tuple[int, int]:
        if name in self.shown:
            return self.shown[name], self.shown[name]
        return 1, MANY

    def pinned(self) -> list[Name | Extra]:
        """What can be computed exactly; a small one also where it is nearly so."""
        found = self.reckon()
        small = {
            name
            for name in found
            if 0 < self.truth.get(name, 1) < self.threshold  # type: ignore[call-overload]
        }
        return [
            name
            for name, (low, high) in found.items()
            if high - low < (self.protection if name in small else 1)
        ]
