"""infonet beside scikit-learn, distance correlation (energy), MGC (SciPy) and MIC (minerva), all run here on the same draws.

Needs python3 with scikit-learn and SciPy, and R with energy and minerva (Debian: python3-sklearn, python3-scipy, r-cran-energy,
r-cran-minerva).

    npm run build
    python3 bench/beside.py --draws 20

Estimates: root mean square error in nats, of laws whose mutual information is known, by a closed form or by quadrature of one
dimension. Tests: the share of draws that are found dependent at 5 %. Times are those of the processor, in ms a pair, one thread each.
A tool that is not here leaves its columns out.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import scipy
import sklearn
from scipy.special import gammaln, i0e, psi
from scipy.stats import multiscale_graphcorr
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

# SciPy finds p-values from fewer than 1000 permutations coarse; for a level of 5 % 199 will do.
warnings.filterwarnings("ignore", message="The number of replications is low")
ROOT = pathlib.Path(__file__).resolve().parent.parent
PERMUTATIONS = 199
NULLS = 400


def entropy(density, low, high, steps=200_001):
    """Of a density of one dimension, nats."""
    at = np.linspace(low, high, steps)
    p = density(at)
    return -np.sum(p * np.log(np.maximum(p, 1e-300))) * (at[1] - at[0])


def gauss(x, sd):
    return np.exp(-((x / sd) ** 2) / 2) / (sd * np.sqrt(2 * np.pi))


def normal(rho):
    def draw(random, n):
        x = random.standard_normal(n)
        return x, rho * x + np.sqrt(1 - rho**2) * random.standard_normal(n)

    return draw, -np.log1p(-(rho**2)) / 2


def of_function(f, x_of, sd, low, high):
    """y = f(x) + noise: the entropy of y, by quadrature over x, less that of the noise."""

    def draw(random, n):
        x = x_of(random.random(n))
        return x, f(x) + sd * random.standard_normal(n)

    quantiles = f(x_of((np.arange(20_000) + 0.5) / 20_000))
    density = lambda y: np.array([gauss(at - quantiles, sd).mean() for at in y])
    return draw, entropy(density, low, high, 2001) - np.log(2 * np.pi * np.e * sd**2) / 2


def circle(sd):
    def draw(random, n):
        turn = 2 * np.pi * random.random(n)
        return np.cos(turn) + sd * random.standard_normal(n), np.sin(turn) + sd * random.standard_normal(n)

    turns = np.cos(2 * np.pi * (np.arange(4000) + 0.5) / 4000)
    side = entropy(lambda x: np.array([gauss(at - turns, sd).mean() for at in x]), -1 - 8 * sd, 1 + 8 * sd, 2001)
    # The density of both depends on the radius alone: a Rice law.
    r = np.linspace(1e-9, 1 + 8 * sd, 200_001)
    p = np.exp(-((r - 1) ** 2) / (2 * sd**2)) * i0e(r / sd**2) / (2 * np.pi * sd**2)
    both = -np.sum(2 * np.pi * r * p * np.log(np.maximum(p, 1e-300))) * (r[1] - r[0])
    return draw, 2 * side - both


def student(rho, df):
    def draw(random, n):
        x = random.standard_normal(n)
        y = rho * x + np.sqrt(1 - rho**2) * random.standard_normal(n)
        scale = np.sqrt(df / random.chisquare(df, n))
        return x * scale, y * scale

    h = lambda d: (
        d / 2 * np.log(df * np.pi)
        + gammaln(df / 2)
        - gammaln((df + d) / 2)
        + (df + d) / 2 * (psi((df + d) / 2) - psi(df / 2))
    )
    return draw, 2 * h(1) - h(2) - np.log1p(-(rho**2)) / 2


def levels(means):
    def draw(random, n):
        x = random.integers(len(means), size=n)
        return x, np.array(means)[x] + random.standard_normal(n)

    density = lambda y: sum(gauss(y - mean, 1) for mean in means) / len(means)
    h = entropy(density, min(means) - 9, max(means) + 9)
    return draw, h - np.log(2 * np.pi * np.e) / 2


NORMAL = scipy.stats.norm.ppf
UNIFORM = lambda u: u
ESTIMATED = {
    "normal, ρ 0.3": normal(0.3),
    "normal, ρ 0.6": normal(0.6),
    "normal, ρ 0.9": normal(0.9),
    "normal, ρ 0.9999": normal(0.9999),
    "y = x² + noise": of_function(np.square, NORMAL, 0.5, -4, 30),
    "eight waves": of_function(lambda x: np.sin(16 * np.pi * x), UNIFORM, 0.3, -4, 4),
    "circle": circle(0.15),
    "levels × number": levels((0, 2, 1)),
    "Student, 2 degrees, ρ 0.6": student(0.6, 2),
    "independent": normal(0.0),
}
TESTED = {
    "independent": normal(0.0),
    "line (normal, ρ 0.2)": normal(0.2),
    "parabola": of_function(np.square, NORMAL, 3, -30, 60),
    "two waves": of_function(lambda x: np.sin(4 * np.pi * x), UNIFORM, 1.5, -14, 14),
    "circle": circle(0.5),
    "levels × number": levels((0, 0.6, 0)),
    "Student, 2 degrees, ρ 0": student(0, 2),
}

PROGRAM = """
import { readFileSync } from "node:fs";
import { InfoNet } from "infonet";
const net = await InfoNet.load();
const estimate = ([x, y], levels) =>
  net.estimate(levels ? { values: x, kind: "category" } : Float64Array.from(x), Float64Array.from(y));
const answers = [];
const groups = JSON.parse(readFileSync(0, "utf8"));
// What is compiled while it runs is compiled before it is timed.
for (let k = 0; k < 50; k++) await estimate(groups[0].pairs[0], groups[0].levels);
for (const { levels, pairs } of groups) {
  await estimate(pairs[0], levels);
  const before = process.cpuUsage();
  const found = [];
  for (const pair of pairs) {
    const { mi, pValue } = await estimate(pair, levels);
    found.push([mi, pValue]);
  }
  const { user, system } = process.cpuUsage(before);
  answers.push({ found, ms: (user + system) / 1000 / pairs.length });
}
console.log(JSON.stringify(answers));
await net.dispose();
"""

R_PROGRAM = """
suppressMessages(library(energy)); have <- requireNamespace("minerva", quietly = TRUE)
all <- read.csv(commandArgs(TRUE)[1]); set.seed(1)
n <- length(unique(all$row))
null <- if (have) sapply(seq_len(NULLS), function(k) minerva::mine(rnorm(n), rnorm(n))$MIC)
for (group in split(all, all$group)) {
  parts <- split(group, group$pair)
  t <- system.time(p <- sapply(parts, function(d) dcor.test(d$x, d$y, R = PERMUTATIONS)$p.value))
  cat("dcor", sum(t[1:2]) * 1000 / length(parts), p, "\\n")
  if (have) {
    t <- system.time(m <- sapply(parts, function(d) minerva::mine(d$x, d$y)$MIC))
    cat("MIC", sum(t[1:2]) * 1000 / length(parts), sapply(m, function(v) (1 + sum(null >= v)) / (NULLS + 1)), "\\n")
  }
}
""".replace("PERMUTATIONS", str(PERMUTATIONS)).replace("NULLS", str(NULLS))


def infonet(groups):
    """(values and p-values, ms a pair) of each group of draws, in one process."""
    asked = [{"levels": levels, "pairs": [[x.tolist(), y.tolist()] for x, y in draws]} for levels, draws in groups]
    command = ["node", "--input-type=module", "-e", PROGRAM]
    out = subprocess.run(command, input=json.dumps(asked), cwd=ROOT / "bench", capture_output=True, check=True, text=True)
    return [(np.array(group["found"], dtype=float), group["ms"]) for group in json.loads(out.stdout)]


def neighbours(is_levels, draws):
    before = time.process_time()
    if is_levels:
        found = [mutual_info_classif(y[:, None], x, random_state=0)[0] for x, y in draws]
    else:
        found = [mutual_info_regression(x[:, None], y, random_state=0)[0] for x, y in draws]
    return np.array(found), (time.process_time() - before) * 1000 / len(draws)


def mgc(draws):
    before = time.process_time()
    found = [
        multiscale_graphcorr(x[:, None].astype(float), y[:, None], reps=PERMUTATIONS, random_state=k).pvalue
        for k, (x, y) in enumerate(draws)
    ]
    return np.array(found), (time.process_time() - before) * 1000 / len(draws)


def in_r(groups):
    """(p-values, ms a pair) of each group by each of R's tests, in one process."""
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "pairs.csv"
        with table.open("w") as file:
            file.write("group,pair,row,x,y\n")
            for group, (_, draws) in enumerate(groups):
                for pair, (x, y) in enumerate(draws):
                    rows = enumerate(zip(x.tolist(), y.tolist()))
                    file.writelines(f"{group},{pair},{row},{a!r},{b!r}\n" for row, (a, b) in rows)
        out = subprocess.run(["Rscript", "-e", R_PROGRAM, table], capture_output=True, check=True, text=True)
    found = {"dcor": [], "MIC": []}
    for name, ms, *values in map(str.split, out.stdout.splitlines()):
        found[name].append((np.array(values, dtype=float), float(ms)))
    return {name: answers for name, answers in found.items() if answers}


def sampled(law, count, n, seed):
    return [law[0](np.random.default_rng([seed, n, k]), n) for k in range(count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--rows", type=int, nargs="*", default=[200, 2000])
    parser.add_argument("--test-rows", type=int, default=100)
    parser.add_argument("--without-mgc", action="store_true", help="MGC takes about a second a pair")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    r = "none"
    if shutil.which("Rscript"):
        asked = 'cat(R.version$major, R.version$minor, sapply(c("energy", "minerva"), function(p) as.character(packageVersion(p))))'
        r = subprocess.run(["Rscript", "-e", asked], capture_output=True, text=True).stdout or "none"
    print(f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, R, energy, minerva: {r}; {given.draws} draws")
    is_levels = lambda name: name.startswith("levels")
    groups = lambda laws, n: [(is_levels(name), sampled(law, given.draws, n, given.seed)) for name, law in laws.items()]
    for n in given.rows:
        print(f"\nestimates, n = {n}: RMSE in nats\n{'law':28} truth   infonet  sklearn", flush=True)
        asked = groups(ESTIMATED, n)
        theirs = [neighbours(*group) for group in asked]
        ours = infonet(asked)
        for (name, (_, truth)), (own, _), (other, _) in zip(ESTIMATED.items(), ours, theirs):
            rmse = lambda values: np.sqrt(np.mean((values - truth) ** 2))
            print(f"{name:28} {truth:5.3f}    {rmse(own[:, 0]):6.4f}   {rmse(other):6.4f}")
        times = [np.mean([ms for _, ms in answers]) for answers in (ours, theirs)]
        print(f"{'ms a pair, mean':28}          {times[0]:6.2f}   {times[1]:6.2f}", flush=True)
    n = given.test_rows
    asked = groups(TESTED, n)
    tools = {"infonet": [(own[:, 1], ms) for own, ms in infonet(asked)]}
    if r != "none":
        tools.update(in_r(asked))
    if not given.without_mgc:
        tools["MGC"] = [mgc(draws) for _, draws in asked]
    print(f"\ntests, n = {n}: found dependent at 5 %\n{'law':28} truth  {'  '.join(f'{tool:>7}' for tool in tools)}")
    for k, (name, (_, truth)) in enumerate(TESTED.items()):
        shares = [f"{100 * np.mean(answers[k][0] <= 0.05):5.0f} %" for answers in tools.values()]
        print(f"{name:28} {truth:5.3f}  {'  '.join(shares)}")
    times = [f"{np.mean([ms for _, ms in answers]):7.1f}" for answers in tools.values()]
    print(f"{'ms a pair, mean':28}        {'  '.join(times)}")


if __name__ == "__main__":
    main()
