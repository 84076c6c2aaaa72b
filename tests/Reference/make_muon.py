"""Writes muon.json: three steps of Muon on a filter bank, with Nesterov SGD for a matrix and a vector.

Run with a Python that has torch; the version is written into the file. Written from the formulas, not from a library:
PyTorch 1.13 has no Muon.
"""
import json
import pathlib

import torch

torch.manual_seed(7)
torch.set_num_threads(1)

RATE, MATRIX, VECTOR = 0.24, 0.6, 0.05
MOMENTUM, OTHER, DECAY = 0.6, 0.85, 0.004


def orthogonal(matrix, steps):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix / (matrix.norm() + 1e-7)
    if matrix.size(0) > matrix.size(1):
        x = x.T
    for _ in range(steps):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return x.T if matrix.size(0) > matrix.size(1) else x


def numbers(tensor):
    return {"shape": list(tensor.shape), "data": [float(f"{v:.9g}") for v in tensor.reshape(-1).tolist()]}


start = {"wide": torch.randn(4, 3, 3, 3), "tall": torch.randn(20, 1, 2, 2), "head": torch.randn(5, 4), "bias": torch.randn(6)}
values = {name: value.clone() for name, value in start.items()}
buffers = {name: torch.zeros_like(value) for name, value in start.items()}
gradients, after = [], []
for step in range(3):
    rate = RATE * (1 - step / 3)
    given = {name: torch.randn_like(value) for name, value in start.items()}
    gradients.append({name: numbers(value) for name, value in given.items()})
    for name, value in values.items():
        gradient, buffer = given[name], buffers[name]
        if value.dim() == 4:
            buffer.mul_(MOMENTUM).add_(gradient)
            update = orthogonal((gradient + MOMENTUM * buffer).reshape(len(value), -1), 3).view(value.shape)
            value.mul_(len(value) ** 0.5 / (value.norm() + 1e-7))
            value.add_(update, alpha=-rate)
        else:
            own = MATRIX if value.dim() == 2 else VECTOR
            gradient = gradient + DECAY / own * value
            buffer.mul_(OTHER).add_(gradient)
            value.add_(gradient + OTHER * buffer, alpha=-rate * own / RATE)
    after.append({name: numbers(value) for name, value in values.items()})

path = pathlib.Path(__file__).with_suffix("").parent / "muon.json"
path.write_text(json.dumps({
    "torch": torch.__version__,
    "options": {"rate": RATE, "matrix": MATRIX, "vector": VECTOR, "momentum": MOMENTUM, "other": OTHER, "decay": DECAY},
    "start": {name: numbers(value) for name, value in start.items()}, "gradients": gradients, "after": after}) + "\n")
