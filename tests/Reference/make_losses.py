#!/usr/bin/python3
"""Writes losses.json: losses with their gradients, and metrics, for inputs drawn with a fixed seed.

Run with Debian's python3-torch: /usr/bin/python3 make_losses.py
"""
import json
import pathlib

import sklearn.metrics
import torch
import torch.nn.functional as F
import torchvision

SEED = 1234
torch.manual_seed(SEED)


def numbers(tensor):
    return [round(float(value), 9) for value in tensor.detach().double().reshape(-1)]


def loss(name, function, output, targets):
    output = output.clone().requires_grad_()
    value = function(output, targets)
    value.backward()
    return {
        "name": name,
        "shape": list(output.shape),
        "output": numbers(output),
        "targets": numbers(targets),
        "targetsShape": list(targets.shape),
        "integer": not targets.dtype.is_floating_point,
        "value": float(value),
        "gradient": numbers(output.grad),
    }


logits = torch.randn(6, 5, dtype=torch.float64) * 2
classes = torch.randint(0, 5, (6,))
soft = torch.softmax(torch.randn(6, 5, dtype=torch.float64), 1)
binary = torch.randint(0, 2, (6, 5)).double()
values = torch.randn(6, 4, dtype=torch.float64) * 2
other = torch.randn(6, 4, dtype=torch.float64)
planes = torch.randn(2, 3, 4, 4, dtype=torch.float64)
plane_classes = torch.randint(0, 3, (2, 4, 4))
masks = torch.randint(0, 2, (3, 1, 4, 5)).double()
mask_logits = torch.randn(3, 1, 4, 5, dtype=torch.float64)


def focal(output, targets):
    total = torchvision.ops.sigmoid_focal_loss(output, targets, alpha=0.25, gamma=2, reduction="sum")
    return total / targets.sum().clamp(min=1)


def dice(output, targets):
    p, t = output.sigmoid().flatten(1), targets.flatten(1)
    return (1 - (2 * (p * t).sum(1) + 1) / (p.sum(1) + t.sum(1) + 1)).mean()


losses = [
    loss("cross entropy", F.cross_entropy, logits, classes),
    loss("cross entropy, pixels", F.cross_entropy, planes, plane_classes),
    loss("cross entropy, smoothed", lambda o, t: F.cross_entropy(o, t, label_smoothing=0.1), logits, classes),
    loss("cross entropy, soft", F.cross_entropy, logits, soft),
    loss("binary cross entropy", F.binary_cross_entropy_with_logits, logits, binary),
    loss("mean squared error", F.mse_loss, values, other),
    loss("l1", F.l1_loss, values, other),
    loss("smooth l1", F.smooth_l1_loss, values, other),
    loss("smooth l1, 0.3", lambda o, t: F.smooth_l1_loss(o, t, beta=0.3), values, other),
    loss("huber, 0.5", lambda o, t: F.huber_loss(o, t, delta=0.5), values, other),
    loss("focal", focal, logits, binary),
    loss("dice", dice, mask_logits, masks),
]

scores = torch.randn(40, 4, dtype=torch.float64)
truth = torch.randint(0, 4, (40,))
named = scores.argmax(1)
average = dict(average="macro", zero_division=0)
metrics = {
    "scores": numbers(scores),
    "truth": [int(value) for value in truth],
    "accuracy": sklearn.metrics.accuracy_score(truth, named),
    "top2": sklearn.metrics.top_k_accuracy_score(truth, scores.numpy(), k=2),
    "precision": sklearn.metrics.precision_score(truth, named, **average),
    "recall": sklearn.metrics.recall_score(truth, named, **average),
    "f1": sklearn.metrics.f1_score(truth, named, **average),
    "table": sklearn.metrics.confusion_matrix(truth, named).tolist(),
}

document = {"torch": torch.__version__, "sklearn": sklearn.__version__, "seed": SEED, "losses": losses, "metrics": metrics}
pathlib.Path(__file__).with_name("losses.json").write_text(json.dumps(document, indent=1) + "\n")
