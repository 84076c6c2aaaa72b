#!/usr/bin/python3
"""Writes detection.json: torchvision's losses of detectors with their gradients, for inputs drawn with a fixed seed.

Run with Debian's python3-torch and python3-torchvision: /usr/bin/python3 make_detection.py
"""
import json
import pathlib

import torch
import torchvision

SEED = 4321
torch.manual_seed(SEED)


def numbers(tensor):
    return [round(float(value), 10) for value in tensor.detach().double().reshape(-1)]


def loss(name, function, output, targets):
    output = output.clone().requires_grad_()
    value = function(output, targets)
    value.sum().backward()
    return {
        "name": name,
        "shape": list(output.shape),
        "output": numbers(output),
        "targets": numbers(targets),
        "values": numbers(value),
        "gradient": numbers(output.grad),
    }


# In pixels: what torchvision adds to areas to keep divisions finite does not show then.
def boxes(count):
    corner = torch.rand(count, 2, dtype=torch.float64) * 0.6
    return torch.cat([corner, corner + 0.05 + torch.rand(count, 2, dtype=torch.float64) * 0.35], 1) * 300


logits = torch.randn(8, 5, dtype=torch.float64) * 2
binary = torch.randint(0, 2, (8, 5)).double()
# Some pairs overlap a lot, some a little and some not at all.
wanted = boxes(24)
found = wanted + torch.randn(24, 4, dtype=torch.float64) * torch.linspace(0, 9, 24, dtype=torch.float64)[:, None]
found[18:] = boxes(6)

ops = torchvision.ops
losses = [
    loss("focal", ops.sigmoid_focal_loss, logits, binary),
    loss("focal, 0.6 and 1.5", lambda o, t: ops.sigmoid_focal_loss(o, t, alpha=0.6, gamma=1.5), logits, binary),
    loss("GIoU", ops.generalized_box_iou_loss, found, wanted),
    loss("DIoU", ops.distance_box_iou_loss, found, wanted),
    loss("CIoU", ops.complete_box_iou_loss, found, wanted),
]

document = {
    "torch": torch.__version__,
    "torchvision": torchvision.__version__,
    "seed": SEED,
    "losses": losses,
}
pathlib.Path(__file__).with_name("detection.json").write_text(json.dumps(document, indent=1) + "\n")
