"""Makes values.ts, the golden values of the classical estimators, with other people's implementations.

    apt-get install python3-numpy python3-scipy python3-sklearn
    /usr/bin/python3 make.py > values.ts

The sample is made by a formula that samples.ts repeats bit by bit.
"""

import json
import sys

import numpy as np
import scipy
import sklearn
from scipy.spatial import cKDTree
from scipy.special import digamma, ndtri
from scipy.stats import rankdata
from sklearn.feature_selection._mutual_info import _compute_mi_cc, _compute_mi_cd
from sklearn.metrics import mutual_info_score
from sklearn.neighbors import KernelDensity
from sklearn.preprocessing import scale

N = 300


def golden_sample(seed=1):
    state = seed

    def uniform():
        nonlocal state
        state = state * 48271 % 2147483647
        return state / 2147483647

    def bell():
        return np.array([uniform() + uniform() + uniform() - 1.5 for _ in range(N)])

    def level(values):
        return np.where(values < -0.3, 0, np.where(values < 0.3, 1, 2))

    a, b, c, d = bell(), bell(), bell(), bell()
    return {
        "x1": a,
        "x2": c + 0.5 * a,
        "y1": 0.6 * a + 0.8 * b,
        "y2": 0.5 * c * c - d,
        "labels": level(a + 0.3 * d),
        "levels": level(b + 0.5 * a),
    }


def ksg1(x, y, k):
    """KSG, algorithm 1, with scipy's cKDTree."""
    joint = np.hstack([x, y])
    radii = np.nextafter(cKDTree(joint).query(joint, k + 1, p=np.inf)[0][:, -1], 0)
    count = lambda z: cKDTree(z).query_ball_point(z, radii, p=np.inf, return_length=True) - 1
    return digamma(k) + digamma(len(x)) - np.mean(digamma(count(x) + 1) + digamma(count(y) + 1))


def ksg2(x, y, k):
    """KSG, algorithm 2, with all distances in a table."""
    dx = np.abs(x[:, None] - x[None]).max(axis=2)
    dy = np.abs(y[:, None] - y[None]).max(axis=2)
    nearest = np.argsort(np.maximum(dx, dy), axis=1, kind="stable")[:, 1 : k + 1]
    ex = np.take_along_axis(dx, nearest, 1).max(axis=1)
    ey = np.take_along_axis(dy, nearest, 1).max(axis=1)
    nx = (dx <= ex[:, None]).sum(axis=1) - 1
    ny = (dy <= ey[:, None]).sum(axis=1) - 1
    return digamma(k) - 1 / k - np.mean(digamma(nx) + digamma(ny)) + digamma(len(x))


def bandwidth(n, d, rule):
    return (n if rule == "scott" else n * (d + 2) / 4) ** (-1 / (d + 4))


def kde(x, y, rule):
    """Kernel densities of scikit-learn, the columns in units of their bandwidths."""
    n, d = len(x), x.shape[1] + y.shape[1]
    u = x / (x.std(axis=0, ddof=1) * bandwidth(n, d, rule))
    v = y / (y.std(axis=0, ddof=1) * bandwidth(n, d, rule))
    density = lambda z: KernelDensity(bandwidth=1.0, kernel="gaussian").fit(z).score_samples(z)
    return np.mean(density(np.hstack([u, v])) - density(u) - density(v))


def kde_leave_one_out(x, y):
    n = len(x)
    u, v = (z[:, 0] / (z.std(ddof=1) * bandwidth(n, 2, "scott")) for z in (x, y))
    a, b = (np.exp(-((z[:, None] - z[None]) ** 2) / 2) * (1 - np.eye(n)) for z in (u, v))
    return np.mean(np.log((a * b).sum(axis=1)) - np.log(a.sum(axis=1)) - np.log(b.sum(axis=1))) + np.log(n - 1)


def histogram(x, y, bins):
    edges = [np.histogram_bin_edges(z, bins) for z in (x, y)]
    return mutual_info_score(None, None, contingency=np.histogram2d(x, y, edges)[0])


def gcmi(x, y, correct):
    """gcmi_cc of github.com/robince/gcmi (python/gcmi.py), in nats."""
    scores = lambda z: ndtri(rankdata(z, axis=0) / (len(z) + 1))
    n, dx, dy = len(x), x.shape[1], y.shape[1]
    xy = np.hstack([scores(x), scores(y)]).T
    xy = xy - xy.mean(axis=1, keepdims=True)
    c = xy @ xy.T / (n - 1)
    entropy = lambda m: np.log(np.diag(np.linalg.cholesky(m))).sum()
    hx, hy, hxy = entropy(c[:dx, :dx]), entropy(c[dx:, dx:]), entropy(c)
    if correct:
        psi = digamma((n - np.arange(1, dx + dy + 1)) / 2) / 2
        hx, hy, hxy = hx - psi[:dx].sum(), hy - psi[:dy].sum(), hxy - psi.sum()
    return hx + hy - hxy


s = golden_sample()
column = lambda *names: np.column_stack([s[name] for name in names])
unit = lambda name: scale(s[name], with_mean=False)
rare = np.where(np.arange(N) < 7, 3 + np.arange(N) // 3, s["labels"])  # categories of 3, 3 and 1 rows

values = {
    "sum of x1, x2, y1, y2": [float(np.add.accumulate(s[name])[-1]) for name in ("x1", "x2", "y1", "y2")],
    "digamma at 0.5, 1, 2.5, 7, 30.5, 1000": digamma([0.5, 1, 2.5, 7, 30.5, 1000]).tolist(),
    "normal quantile at 1e-12, 0.001, 0.07, 0.3, 0.5, 0.99": ndtri([1e-12, 0.001, 0.07, 0.3, 0.5, 0.99]).tolist(),
    "scipy ksg x1 y1 k=3": ksg1(column("x1"), column("y1"), 3),
    "scipy ksg x1 y1 k=10": ksg1(column("x1"), column("y1"), 10),
    "scipy ksg x1,x2 y1,y2 k=4": ksg1(column("x1", "x2"), column("y1", "y2"), 4),
    "numpy ksg 2 x1 y1 k=3": ksg2(column("x1"), column("y1"), 3),
    "numpy ksg 2 x1,x2 y1,y2 k=4": ksg2(column("x1", "x2"), column("y1", "y2"), 4),
    "sklearn _compute_mi_cc x1 y1 k=3": _compute_mi_cc(unit("x1"), unit("y1"), 3),
    "sklearn _compute_mi_cc x2 y2 k=5": _compute_mi_cc(unit("x2"), unit("y2"), 5),
    "sklearn _compute_mi_cd labels y1 k=3": _compute_mi_cd(unit("y1"), s["labels"], 3),
    "sklearn _compute_mi_cd rare x1 k=5": _compute_mi_cd(unit("x1"), rare, 5),
    "sklearn KernelDensity x1 y1 scott": kde(column("x1"), column("y1"), "scott"),
    "sklearn KernelDensity x1,x2 y1 silverman": kde(column("x1", "x2"), column("y1"), "silverman"),
    "numpy kde leave one out x1 y1": kde_leave_one_out(column("x1"), column("y1")),
    "numpy fd x1 y1": histogram(s["x1"], s["y1"], "fd"),
    "numpy 10 bins x1 y1": histogram(s["x1"], s["y1"], 10),
    "sklearn mutual_info_score labels levels": mutual_info_score(s["labels"], s["levels"]),
    "gcmi x1 y1": gcmi(column("x1"), column("y1"), True),
    "gcmi x1,x2 y1,y2": gcmi(column("x1", "x2"), column("y1", "y2"), True),
    "gcmi x1,x2 y1,y2 uncorrected": gcmi(column("x1", "x2"), column("y1", "y2"), False),
}

versions = f"Python {sys.version.split()[0]}, numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}"
print(f"// Made by make.py with {versions}. Not to be edited.\n")
print(f"export const GOLDEN = {json.dumps(values, indent=2)} as const;")
