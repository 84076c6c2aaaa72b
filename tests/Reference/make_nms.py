#!/usr/bin/python3
"""Writes nms.json: which boxes torchvision's nms and batched_nms keep, for boxes drawn with a fixed seed.

Run with Debian's python3-torchvision: /usr/bin/python3 make_nms.py [CASES [FILE]]. The file in the repository has few
cases; `make_nms.py 10000 FILE` makes the large comparison, which the tests read from DEEPCOURSE_NMS_CASES.

Cases go through eight kinds: sizes of boxes like those of photographs, crowds, many ties in the scores, boxes on a
coarse raster (overlaps at the very threshold), boxes without an area, no boxes at all, one box, and shares of a
picture's sides. Edges are binary fractions of few digits wherever classes are told apart by torchvision's move of each
class to a place of its own: then the move rounds nothing. For shares its other way is asked, class by class.
"""
import json
import pathlib
import random
import sys

import torch
import torchvision
from torchvision.ops.boxes import _batched_nms_vanilla, batched_nms, nms

SEED = 42


def boxes_of(kind, draw, count):
    def box():
        if kind == 2 or kind == 3:
            x, y = draw.randrange(0, 12) * 4.0, draw.randrange(0, 12) * 4.0
            return [x, y, x + draw.randrange(1, 5) * 4.0, y + draw.randrange(1, 5) * 4.0]
        if kind == 4 and draw.random() < 0.5:
            x, y = draw.randrange(0, 40) / 4, draw.randrange(0, 40) / 4
            return [x, y, x + draw.choice([0, 0, 5.25]), y + draw.choice([0, 3.5])]
        if kind == 7:
            x, y = draw.random() * 0.9, draw.random() * 0.9
            return [x, y, x + draw.random() * (1 - x), y + draw.random() * (1 - y)]
        size, spread = (640, 200) if kind == 0 else (64, 40)
        x, y = draw.randrange(0, size * 8) / 8, draw.randrange(0, size * 8) / 8
        return [x, y, x + draw.randrange(1, spread * 8) / 8, y + draw.randrange(1, spread * 8) / 8]

    return [box() for _ in range(count)]


def case(number, draw):
    kind = number % 8
    count = {5: 0, 6: 1}.get(kind, draw.randrange(2, 40 if number % 5 else 120))
    raw = boxes_of(kind, draw, count)
    steps = draw.choice([2, 5, 10]) if kind == 2 else draw.choice([50, 1000, 1 << 20])
    levels = [draw.randrange(steps + 1) / steps for _ in range(count)]
    classes = [draw.randrange(draw.choice([1, 3, 20])) for _ in range(count)]
    overlap = draw.choice([0.0, 0.1, 0.25, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.75, 0.9, 1.0])
    boxes = torch.tensor(raw, dtype=torch.float32).reshape(-1, 4)
    scores = torch.tensor(levels, dtype=torch.float32)
    kinds = torch.tensor(classes, dtype=torch.int64)
    if count == 0:
        by_class = torch.zeros(0, dtype=torch.int64)
    elif kind == 7:
        # It sorts what it keeps by an unstable sort: which of equal scores comes first is left to chance.
        by_class = _batched_nms_vanilla(boxes, scores, kinds, overlap).sort().values
        by_class = by_class[scores[by_class].sort(descending=True, stable=True).indices]
    else:
        by_class = batched_nms(boxes, scores, kinds, overlap)
    return {
        "boxes": [float(f"{edge:.9g}") for edge in boxes.reshape(-1).tolist()],
        "scores": [float(f"{score:.9g}") for score in scores.tolist()],
        "classes": classes,
        "overlap": overlap,
        "kept": nms(boxes, scores, overlap).tolist(),
        "keptByClass": by_class.tolist(),
    }


def main():
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 160
    path = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent / "nms.json")
    draw = random.Random(SEED)
    content = {
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "seed": SEED,
        "cases": [case(number, draw) for number in range(cases)],
    }
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


main()
