"""Small problems for the tests: some made by Hypothesis, some by hand."""

from hypothesis import strategies as st

from antiphon.engines.selection import Cap, Capacity, Pool, Problem, Quota, Rules

FEATURES = {"age": ("young", "middle", "old"), "sex": ("woman", "man")}


def pool_of(*people: tuple[str, ...], columns: tuple[str, ...] = ("age", "sex")) -> Pool:
    """People p0, p1 … with these values."""
    return Pool(tuple(f"p{i}" for i in range(len(people))), dict(zip(columns, zip(*people, strict=True), strict=True)))


def large(people: int = 150, seed: int = 1, features: int = 4, size: int = 0) -> Problem:
    """A pool of some size whose quotas hold for one panel at least: they are drawn around a panel."""
    import numpy as np

    random = np.random.default_rng(seed)
    size = size or people // 7
    columns, quotas = {}, []
    for number in range(features):
        shares = random.dirichlet([2.0, 1.0, 3.0])
        values = tuple(f"v{value}" for value in random.choice(3, size=people, p=shares))
        columns[f"f{number}"] = values
        for value in ("v0", "v1", "v2"):
            count = values[:size].count(value)
            quotas.append(Quota(f"f{number}", value, max(0, count - 1), count + 1))
    return Problem(Pool(tuple(f"p{i:04d}" for i in range(people)), columns), tuple(quotas), size)


@st.composite
def small_problems(draw: st.DrawFn, rules: bool = False) -> Problem:
    """Three to eight people, two features, quotas anywhere; with caps and company when asked for."""
    count = draw(st.integers(3, 8))
    columns = {name: tuple(draw(st.sampled_from(values)) for _ in range(count)) for name, values in FEATURES.items()}
    columns["home"] = tuple(draw(st.sampled_from(["", "a", "b"])) for _ in range(count)) if rules else ("",) * count
    size = draw(st.integers(1, min(4, count)))
    quotas = []
    for feature, values in FEATURES.items():
        for value in values:
            low = draw(st.integers(0, 1))
            quotas.append(Quota(feature, value, low, draw(st.integers(max(1, low), size + 1))))
    ids = tuple(f"p{i}" for i in range(count))
    pool = Pool(ids, columns)
    return Problem(pool, tuple(quotas), size, draw(_rules(ids)) if rules else Rules())


@st.composite
def _rules(draw: st.DrawFn, ids: tuple[str, ...]) -> Rules:
    order = draw(st.permutations(ids))
    forced = tuple(order[: draw(st.sampled_from([0, 0, 1, 2]))])
    return Rules(
        caps=(Cap("home", 1),) if draw(st.booleans()) else (),
        capacities=(Capacity("home", "a", 1),) if draw(st.booleans()) else (),
        apart=(tuple(order[:2]),) if draw(st.booleans()) else (),
        together=(tuple(order[-2:]),) if draw(st.booleans()) else (),
        excluded=frozenset(order[-1:]) if draw(st.integers(0, 4)) == 0 else frozenset(),
        forced=forced,
    )
