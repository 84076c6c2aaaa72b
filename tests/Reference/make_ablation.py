#!/usr/bin/python3
"""Writes ablation.json: Student's t, the test for pairs, its power, all by scipy, and Holm's correction by hand.

Run with Debian's python3-scipy: /usr/bin/python3 make_ablation.py
"""
import json
import math
import pathlib

import numpy
import scipy
from scipy import stats

SEED = 77


def seeds_needed(effect, level, power=0.8):
    """The exact figure, by the noncentral t distribution."""
    for count in range(2, 1001):
        bound = stats.t.ppf(1 - level / 2, count - 1)
        shift = effect * math.sqrt(count)
        if stats.nct.sf(bound, count - 1, shift) >= power:
            return count
    return None


def holm(values):
    adjusted, largest = [0.0] * len(values), 0.0
    for rank, index in enumerate(sorted(range(len(values)), key=lambda i: values[i])):
        largest = max(largest, min(1.0, (len(values) - rank) * values[index]))
        adjusted[index] = largest
    return adjusted


random = numpy.random.default_rng(SEED)
base = random.normal(0.8, 0.01, 5).round(4)
trials = [(base + shift + random.normal(0, 0.006, 5)).round(4) for shift in (0.0, 0.012, -0.03, 0.002)]
comparisons = []
for trial in trials:
    difference = trial - base
    low, high = stats.t.interval(0.95, len(base) - 1, difference.mean(), stats.sem(difference))
    comparisons.append({
        "values": trial.tolist(), "mean": difference.mean(), "sd": difference.std(ddof=1), "low": low, "high": high,
        "p": stats.ttest_rel(trial, base).pvalue,
    })
document = {
    "scipy": scipy.__version__,
    "seed": SEED,
    "quantiles": [[p, df, stats.t.ppf(p, df)] for df in (1, 2, 3, 4.5, 9, 30, 200, 100000) for p in (0.001, 0.3, 0.6, 0.975, 0.995, 0.99995)],
    "tails": [[t, df, 2 * stats.t.sf(abs(t), df)] for df in (1, 2, 3, 9, 30, 200) for t in (-0.3, 0.01, 1.0, 4.0, 15.4, 40.0)],
    "base": base.tolist(),
    "comparisons": comparisons,
    "adjusted": holm([comparison["p"] for comparison in comparisons]),
    "needed": [[effect, level, seeds_needed(effect, level)] for effect in (0.3, 0.5, 0.8, 1.2) for level in (0.05, 0.01)],
}
(pathlib.Path(__file__).parent / "ablation.json").write_text(json.dumps(document) + "\n")
