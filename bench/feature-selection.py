"""How well the columns that infonet selects predict, beside those of scikit-learn's SelectKBest(mutual_info_classif).

Needs python3 with scikit-learn, whose two tables (wine, breast cancer) it reads; nothing of them is kept.

    npm run build
    python3 bench/feature-selection.py --splits 30

Columns are selected in the training part of each of many random splits (70 : 30, stratified); a random forest and five nearest
neighbours (of standardised columns) are then trained on these columns alone. Printed: accuracy on the other part, mean over the
splits, and the mean difference within splits with its standard error.
"""

import argparse
import json
import pathlib
import subprocess

import numpy as np
from sklearn.datasets import load_breast_cancer, load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import mutual_info_classif
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SELECTIONS = pathlib.Path(__file__).resolve().parent / "selections.mjs"
COLUMNS = (3, 5, 10)
MODELS = {
    "forest": lambda: RandomForestClassifier(200, random_state=0),
    "neighbours": lambda: make_pipeline(StandardScaler(), KNeighborsClassifier(5)),
}


class Selections:
    """The library in one process for all splits."""

    def __init__(self, criterion):
        self.options = {"most": max(COLUMNS), "level": 1, "criterion": criterion}
        self.process = subprocess.Popen(
            ["node", SELECTIONS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, x, y):
        """Columns in the order in which infonet takes them, ten of them."""
        columns = {f"c{k}": x[:, k].tolist() for k in range(x.shape[1])}
        columns["class"] = [f"class {label}" for label in y]
        line = json.dumps({"columns": columns, "target": "class", "options": self.options})
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return [int(name[1:]) for name in json.loads(self.process.stdout.readline())]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--splits", type=int, default=30)
    parser.add_argument("--criterion", default="conditional")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    selected = Selections(given.criterion)
    print(f"{'table':14} {'k':>2} {'model':10} SelectKBest  infonet  difference")
    for name, load in (("wine", load_wine), ("breast cancer", load_breast_cancer)):
        x, y = load(return_X_y=True)
        splits = StratifiedShuffleSplit(given.splits, test_size=0.3, random_state=given.seed)
        scores = {}
        for train, test in splits.split(x, y):
            ours = selected(x[train], y[train])
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
