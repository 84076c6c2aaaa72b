#!/usr/bin/python3
"""Writes text_metrics.json: F1, Matthews correlation, calibration and temperature by scikit-learn and scipy, for logits
drawn with a fixed seed.

Run with Debian's python3-sklearn: /usr/bin/python3 make_text_metrics.py
"""
import json
import pathlib

import numpy
import scipy
import sklearn
from scipy import optimize, special
from sklearn import metrics
from sklearn.calibration import calibration_curve

SEED, ITEMS, BINS = 97, 60, 10


def case(classes, random):
    truth = random.integers(0, classes, ITEMS)
    # Too sure of itself: the logits of a classifier that is right three times of four, doubled.
    logits = (random.normal(size=(ITEMS, classes)) + 1.2 * numpy.eye(classes)[truth]) * 2
    logits = logits.round(6)
    named, confidence = logits.argmax(1), special.softmax(logits, 1).max(1)
    right = (named == truth).astype(int)
    accuracies, confidences = calibration_curve(right, confidence, n_bins=BINS, strategy="uniform")
    counts = numpy.bincount(numpy.ceil(confidence * BINS).astype(int) - 1, minlength=BINS)
    counts = counts[counts > 0]

    def entropy(log_inverse):
        return metrics.log_loss(truth, special.softmax(logits * numpy.exp(log_inverse), 1))

    best = optimize.minimize_scalar(entropy, bounds=(-4, 4), method="bounded", options={"xatol": 1e-10})
    return {
        "classes": classes,
        "logits": logits.reshape(-1).tolist(),
        "truth": truth.tolist(),
        "f1": {average: metrics.f1_score(truth, named, average=average) for average in ["macro", "micro"] + (["binary"] if classes == 2 else [])},
        "precision": {average: metrics.precision_score(truth, named, average=average) for average in ["macro", "micro"] + (["binary"] if classes == 2 else [])},
        "matthews": metrics.matthews_corrcoef(truth, named),
        "bins": [counts.tolist(), confidences.tolist(), accuracies.tolist()],
        "calibration": float((counts / ITEMS * abs(accuracies - confidences)).sum()),
        "temperature": float(numpy.exp(-best.x)),
    }


random = numpy.random.default_rng(SEED)
document = {"sklearn": sklearn.__version__, "scipy": scipy.__version__, "seed": SEED, "cases": [case(2, random), case(4, random)]}
(pathlib.Path(__file__).parent / "text_metrics.json").write_text(json.dumps(document) + "\n")
