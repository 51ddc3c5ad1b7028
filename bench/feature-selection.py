"""How well the columns that infonet selects predict, beside those of scikit-learn's SelectKBest(mutual_info_classif).

Needs python3 with scikit-learn, whose two tables (wine, breast cancer) it reads; nothing of them is kept.

    npm run build
    python3 bench/feature-selection.py --splits 20

Columns are selected in the training part of each of many random splits (70 : 30, stratified); a random forest and five nearest
neighbours (of standardised columns) are then trained on these columns alone. Printed: accuracy on the other part, mean over the
splits, and the mean difference within splits with its standard error.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import tempfile

import numpy as np
from sklearn.datasets import load_breast_cancer, load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import mutual_info_classif
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

COMMAND = pathlib.Path(__file__).resolve().parent.parent / "packages/cli/bin/infonet.js"
COLUMNS = (3, 5, 10)
MODELS = {
    "forest": lambda: RandomForestClassifier(200, random_state=0),
    "neighbours": lambda: make_pipeline(StandardScaler(), KNeighborsClassifier(5)),
}


def selected(x, y, criterion, folder):
    """Columns in the order in which infonet takes them, ten of them."""
    table = pathlib.Path(folder) / "table.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"c{k}" for k in range(x.shape[1])] + ["class"])
        writer.writerows([*map(repr, map(float, row)), f"class {label}"] for row, label in zip(x, y))
    options = ["--target", "class", "--most", str(max(COLUMNS)), "--level", "1", "--criterion", criterion]
    found = subprocess.run(
        ["node", COMMAND, "select", table, *options, "--threads", "1", "--format", "json"],
        capture_output=True,
        check=True,
        text=True,
    )
    return [int(column["column"][1:]) for column in json.loads(found.stdout)["selected"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--splits", type=int, default=20)
    parser.add_argument("--criterion", default="conditional")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"{'table':14} {'k':>2} {'model':10} SelectKBest  infonet  difference")
    for name, load in (("wine", load_wine), ("breast cancer", load_breast_cancer)):
        x, y = load(return_X_y=True)
        splits = StratifiedShuffleSplit(given.splits, test_size=0.3, random_state=given.seed)
        scores = {}
        for train, test in splits.split(x, y):
            with tempfile.TemporaryDirectory() as folder:
                ours = selected(x[train], y[train], given.criterion, folder)
            theirs = np.argsort(-mutual_info_classif(x[train], y[train], random_state=given.seed), kind="stable")
            for k in COLUMNS:
                for model, make in MODELS.items():
                    pair = [
                        make().fit(x[train][:, columns], y[train]).score(x[test][:, columns], y[test])
                        for columns in (theirs[:k], ours[:k])
                    ]
                    scores.setdefault((k, model), []).append(pair)
        for (k, model), pairs in scores.items():
            both = np.array(pairs)
            apart = both[:, 1] - both[:, 0]
            error = apart.std(ddof=1) / np.sqrt(len(apart)) if len(apart) > 1 else float("nan")
            print(
                f"{name:14} {k:2} {model:10} {both[:, 0].mean():11.3f} {both[:, 1].mean():8.3f}  "
                f"{apart.mean():+.3f} ± {error:.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
