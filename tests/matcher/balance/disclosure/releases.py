"""Releases at random, small enough to be attacked exactly."""

import numpy as np

from matcher.balance.disclosure import Dimension, Nesting, Release, Table

SHAPES = ((4, 3), (6, 2), (3, 3, 2), (2, 2, 2, 2), (5, 3, 2))


def dimensions(shape: tuple[int, ...], first: int = 0) -> tuple[Dimension, ...]:
    """Flat dimensions of so many codes, named by their place."""
    return tuple(
        Dimension(f"d{first + at}", tuple(f"c{code}" for code in range(size)))
        for at, size in enumerate(shape)
    )


def sparse_counts(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Counts of which many are few, some are 0 and some are many."""
    scale = rng.choice([0.5, 2.0, 6.0, 30.0], size=shape)
    return rng.poisson(scale).astype(np.int64)


def one_table(rng: np.random.Generator) -> Release:
    """A table of two to four dimensions, with every total."""
    shape = SHAPES[rng.integers(len(SHAPES))]
    table = Table.of("only", "all", dimensions(shape), sparse_counts(rng, shape))
    return Release("one", (table,))


def linked(rng: np.random.Generator) -> Release:
    """Three tables over the same people, two dimensions of three each."""
    shape = (4, 3, 3)
    counts = sparse_counts(rng, shape)
    d = dimensions(shape)
    pairs = (((0, 1), 2), ((0, 2), 1), ((1, 2), 0))
    tables = (
        Table.of(f"t{gone}", "all", tuple(d[one] for one in kept), counts.sum(axis=gone))
        for kept, gone in pairs
    )
    return Release("linked", tuple(tables))


def stages(rng: np.random.Generator) -> Release:
    """One table at three stages, each within the one before."""
    shape = (4, 3)
    counts = sparse_counts(rng, shape)
    tables = []
    for stage in range(3):
        tables.append(Table.of(f"t{stage}", f"s{stage}", dimensions(shape), counts))
        counts = rng.binomial(counts, 0.8)
    nestings = (Nesting("s1", "s0"), Nesting("s2", "s1"))
    return Release("stages", tuple(tables), nestings)


def hierarchy(rng: np.random.Generator) -> Release:
    """Fields over groups by gender, and some people of whom only the field, or less, is known."""
    codes = ("F", "G", "f1", "f2", "f3", "g1", "g2")
    branch = Dimension("branch", codes, ("", "", "F", "F", "F", "G", "G"))
    counts = sparse_counts(rng, (8, 3))
    rows = np.zeros((8, 3), dtype=np.int64)
    rows[2:7] = counts[2:7]
    rows[0] = counts[2:5].sum(axis=0) + rng.poisson(0.3, 3)
    rows[1] = counts[5:7].sum(axis=0)
    rows[7] = rows[0] + rows[1] + rng.poisson(0.5, 3)
    full = np.concatenate([rows, rows.sum(axis=1, keepdims=True)], axis=1)
    gender = dimensions((3,), first=5)[0]
    fields = Dimension("branch", ("F", "G"), ("", ""))
    tables = (
        Table("groups", "all", (branch, gender), full),
        Table("fields", "all", (fields, gender), full[[0, 1, 7]]),
    )
    return Release("hierarchy", tables)


def moving(rng: np.random.Generator) -> Release:
    """Two stages, at which people keep the first dimension and may have another second one."""
    shape = (5, 3)
    d = dimensions(shape)
    counts = sparse_counts(rng, shape)
    later = np.stack([rng.permuted(row) for row in rng.binomial(counts, 0.8)])
    tables = (Table.of("t0", "s0", d, counts), Table.of("t1", "s1", d, later))
    return Release("moving", tables, (Nesting("s1", "s0", over=("d0",)),))


def unguarded(rng: np.random.Generator) -> Release:
    """Two stages, of which nobody minds if a difference is told."""
    found = stages(rng)
    nesting = Nesting("s1", "s0", guarded=False)
    return Release("unguarded", found.tables[:2], (nesting,))


def sequence(rng: np.random.Generator) -> tuple[Release, ...]:
    """Three releases of what is so far, one after the other, each of one table or another.

    At each some people more; what was so far at the last is nested in what is so far now. The
    last tells the finer table of the first, too.
    """
    shape = (3, 3, 2)
    d = dimensions(shape)
    kept = ((0, 1), (1, 2), (0, 2), (0, 1, 2))
    counts = sparse_counts(rng, shape)
    finest = Table.of("u", "so far 0", d, counts)
    found: list[Release] = []
    for at in range(3):
        axes = kept[rng.integers(len(kept))]
        gone = tuple({0, 1, 2} - set(axes))
        table = Table.of("t", f"so far {at}", tuple(d[one] for one in axes), counts.sum(axis=gone))
        tables = (table, finest) if at == 2 else (table,)
        nesting = (Nesting(f"so far {at - 1}", f"so far {at}"),) if at else ()
        found.append(Release(f"r{at}", tables, nesting))
        counts = counts + rng.poisson(rng.choice([0.1, 1.0, 8.0]), size=shape)
    return tuple(found)


KINDS = (one_table, linked, stages, hierarchy, moving, unguarded, sequence)
