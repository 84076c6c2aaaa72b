"""Reference values for the whole NanoDet-g detector: body, neck and heads, from the two safetensors files.

Made with: Debian python3-torch 1.13.1, one thread, no randomness.
Usage:     /usr/bin/python3 make_nanodet_detector.py
The layers are written down here from the published graph's list of nodes, by their places in it, so the network is
not a translation of the C# modules. The input is the picture by formula of make_nanodet.py.
"""
import json
import pathlib
import re
import struct

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
WEIGHTS = HERE / "../../src/DeepCourse/Vision/Backbones/Weights"
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)


def read(name):
    data = (WEIGHTS / name).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for key, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[start:end], np.float16).reshape(entry["shape"])
        tensors[key] = torch.from_numpy(values.astype(np.float32))
    return tensors


def pattern(height, width):
    c, y, x = torch.meshgrid(torch.arange(3), torch.arange(height), torch.arange(width), indexing="ij")
    return ((x * x * 3 + y * 7 * (c + 1) + x * y + c * 50) % 256).float().unsqueeze(0)


class Net:
    def __init__(self):
        self.body = read("csp-darknet-tiny-coco.safetensors")
        self.rest = read("nanodet-g-head-coco.safetensors")

    def conv(self, weights, key, x, stride=1, leaky=True):
        weight = weights[key + ".weight"]
        x = F.conv2d(x, weight, weights[key + ".bias"], stride=stride, padding=weight.shape[-1] // 2)
        return F.leaky_relu(x, 0.1) if leaky else x

    def stage(self, index, pairs, x):
        key = f"stage{index}"
        whole = self.conv(self.body, f"{key}.entry", x, stride=1 if index == 1 else 2)
        part = whole
        for pair in range(pairs):
            first = self.conv(self.body, f"{key}.pairs.{pair}.first", part)
            second = self.conv(self.body, f"{key}.pairs.{pair}.second", first)
            part = torch.cat([second, first], 1)
        return torch.cat([self.conv(self.body, f"{key}.fuse", part), whole], 1)

    def __call__(self, x):
        x = F.max_pool2d(self.conv(self.body, "stem", x, stride=2), 3, 2, 1)
        x = self.stage(1, 1, x)
        maps = []
        for index, pairs in ((2, 2), (3, 2), (4, 3)):
            x = self.stage(index, pairs, x)
            maps.append(x)
        fine, middle, coarse = (
            self.conv(self.rest, f"lateral{8 << level}", x, leaky=False) for level, x in enumerate(maps)
        )
        middle = middle + self.resize(coarse, middle)
        fine = fine + self.resize(middle, fine)
        middle = middle + self.resize(fine, middle)
        coarse = coarse + self.resize(middle, coarse)
        answers = []
        for level, x in enumerate((fine, middle, coarse)):
            x = self.conv(self.rest, f"head{8 << level}.conv", x)
            x = self.conv(self.rest, f"head{8 << level}.output", x, leaky=False)
            answers.append(x.flatten(2).transpose(1, 2))
        return torch.cat(answers, 1).split([80, 44], 2)

    @staticmethod
    def resize(x, other):
        return F.interpolate(x, size=other.shape[2:], mode="bilinear", align_corners=False)


def decode(bins, height, width):
    distances = (bins.view(1, -1, 4, 11).softmax(3) * torch.arange(11.0)).sum(3)[0]
    boxes, at = [], 0
    for stride in (8, 16, 32):
        for row in range(-(-height // stride)):
            for column in range(-(-width // stride)):
                left, top, right, bottom = (distances[at] * stride).tolist()
                x, y = (column + 0.5) * stride, (row + 0.5) * stride
                boxes.append([(x - left) / width, (y - top) / height, (x + right) / width, (y + bottom) / height])
                at += 1
    return torch.tensor(boxes)


def rounded(tensor):
    return [float(f"{value:.6g}") for value in tensor.flatten().tolist()]


def main():
    height, width = 96, 72
    with torch.no_grad():
        scores, bins = Net()((pattern(height, width) / 255 - MEAN) / STD)
    boxes = decode(bins, height, width)
    reference = {
        "torch": torch.__version__,
        "height": height,
        "width": width,
        "points": scores.shape[1],
        "scoresAbsoluteMean": scores.abs().mean().item(),
        "binsAbsoluteMean": bins.abs().mean().item(),
        # Steps without a common divisor with the rows' lengths: all columns come by.
        "scoresEvery53rd": rounded(scores.flatten()[::53]),
        "binsEvery31st": rounded(bins.flatten()[::31]),
        "boxesEvery7th": rounded(boxes[::7]),
    }
    text = re.sub(r"\s*\n\s+(?=[-\d\]])", " ", json.dumps(reference, indent=1))
    (HERE / "nanodet_detector.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
