#!/usr/bin/python3
"""Writes text_baseline.json: tf-idf and logistic regression by scikit-learn, of small documents drawn with a fixed seed.

Run with Debian's python3-sklearn: /usr/bin/python3 make_text_baseline.py
"""
import json
import pathlib

import numpy
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

SEED = 20
WORDS = "the a film was great bad dull bright never again , . n't xxup plot acting slow fun".split()

random = numpy.random.default_rng(SEED)


def document(label):
    lean = numpy.ones(len(WORDS))
    lean[[4, 7, 17]] = 1 + 2 * (label == 1)
    lean[[5, 6, 16]] = 1 + 2 * (label == 0)
    lean[[8, 9]] = 1 + 2 * (label == 2)
    return " ".join(random.choice(WORDS, random.integers(1, 16), p=lean / lean.sum()))


labels = random.integers(0, 3, 48)
documents = [document(label) for label in labels]
fresh = [document(label) for label in (0, 1, 2, 0)] + ["unheard words only", "great unheard film great film"]


def rows(**options):
    vectorizer = TfidfVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False, **options)
    fitted = vectorizer.fit_transform(documents)
    names = vectorizer.get_feature_names_out()

    def listed(matrix):
        return [{names[c]: matrix[r, c] for c in matrix[r].indices} for r in range(matrix.shape[0])]

    return vectorizer, fitted, {"width": len(names), "fitted": listed(fitted)[:8], "fresh": listed(vectorizer.transform(fresh))}


def regression(vectorizer, matrix, targets, c):
    model = LogisticRegression(C=c, tol=1e-9, max_iter=1000, solver="newton-cg").fit(matrix, targets)
    names = vectorizer.get_feature_names_out()
    return {
        "c": c,
        "weights": [dict(zip(names, row)) for row in model.coef_.tolist()],
        "intercepts": model.intercept_.tolist(),
        "probabilities": model.predict_proba(vectorizer.transform(fresh)).tolist(),
    }


vectorizer, matrix, plain = rows(ngram_range=(1, 2), sublinear_tf=True)
reference = {
    "sklearn": sklearn.__version__,
    "seed": SEED,
    "documents": documents,
    "labels": labels.tolist(),
    "fresh": fresh,
    "pairs": plain,
    "single": rows(ngram_range=(1, 1))[2],
    "triples": rows(ngram_range=(1, 3), min_df=3)[2],
    # The fifth word occurs 27 times, the sixth 24: no tie at the cut.
    "frequent": rows(ngram_range=(1, 1), max_features=5)[2],
}
words, few, _ = rows(ngram_range=(1, 1), sublinear_tf=True)
reference["two"] = regression(words, few, (labels == 1).astype(int), 10.0)
reference["three"] = regression(words, few, labels, 2.0)
(pathlib.Path(__file__).parent / "text_baseline.json").write_text(json.dumps(reference) + "\n")
