#!/usr/bin/python3
"""Writes labels.json: average precision of labels by scikit-learn, for scores drawn with a fixed seed, some of them tied.

Run with Debian's python3-sklearn: /usr/bin/python3 make_labels.py
"""
import json
import pathlib

import numpy
import sklearn
from sklearn.metrics import average_precision_score

SEED = 4321
ITEMS, LABELS = 60, 5

random = numpy.random.default_rng(SEED)
# One decimal makes ties; the last label occurs nowhere, the one before everywhere.
scores = numpy.round(random.normal(size=(ITEMS, LABELS)), 1)
truth = (random.random((ITEMS, LABELS)) < [0.5, 0.2, 0.08, 2, 0]).astype(int)
document = {
    "sklearn": sklearn.__version__,
    "seed": SEED,
    "labels": LABELS,
    "scores": scores.reshape(-1).tolist(),
    "truth": truth.reshape(-1).tolist(),
    "ofLabels": [average_precision_score(truth[:, i], scores[:, i]) for i in range(LABELS - 1)],
    "mean": average_precision_score(truth[:, :-1], scores[:, :-1], average="macro"),
}
(pathlib.Path(__file__).parent / "labels.json").write_text(json.dumps(document) + "\n")
