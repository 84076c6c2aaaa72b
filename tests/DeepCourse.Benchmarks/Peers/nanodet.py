"""NanoDet-g on one picture, from normalised pixels to boxes after suppression: the peer of NanoDetBenchmark.

Protocol: "prepare SIZE", then "run ROUNDS" prints milliseconds a picture, "quit" ends. Weights are random: no layer's
time depends on them, and with few candidates above the threshold neither does that of the suppression.
"""
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.ops import batched_nms


def conv(inputs, outputs, stride=1, size=3):
    return nn.Conv2d(inputs, outputs, size, stride, size // 2)


def leaky(x):
    return F.leaky_relu(x, 0.1, inplace=True)


class Stage(nn.Module):
    def __init__(self, channels, pairs, stride):
        super().__init__()
        self.entry, self.fuse = conv(channels, channels, stride), conv(channels, channels)
        half = channels // 2
        self.pairs = nn.ModuleList(nn.ModuleList([conv(channels, half), conv(half, half)]) for _ in range(pairs))

    def forward(self, x):
        whole = leaky(self.entry(x))
        part = whole
        for first, second in self.pairs:
            narrow = leaky(first(part))
            part = torch.cat([leaky(second(narrow)), narrow], 1)
        return torch.cat([leaky(self.fuse(part)), whole], 1)


class NanoDet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = conv(3, 32, 2)
        self.stages = nn.ModuleList(Stage(32 << i, (1, 2, 2, 3)[i], 1 if i == 0 else 2) for i in range(4))
        self.laterals = nn.ModuleList(conv(128 << i, 128, size=1) for i in range(3))
        self.heads = nn.ModuleList(nn.ModuleList([conv(128, 128), conv(128, 124, size=1)]) for _ in range(3))
        for _, output in self.heads:
            nn.init.constant_(output.bias[:80], -4)

    def forward(self, x):
        x = self.stages[0](F.max_pool2d(leaky(self.stem(x)), 3, 2, 1))
        maps = []
        for stage, lateral in zip(self.stages[1:], self.laterals):
            x = stage(x)
            maps.append(lateral(x))
        for to, source in ((1, 2), (0, 1), (1, 0), (2, 1)):
            maps[to] = maps[to] + F.interpolate(maps[source], maps[to].shape[2:], mode="bilinear", align_corners=False)
        answers = [head[1](leaky(head[0](x))).flatten(2).transpose(1, 2) for x, head in zip(maps, self.heads)]
        return torch.cat(answers, 1).split([80, 44], 2)


def points(size):
    found = []
    for stride in (8, 16, 32):
        at = (torch.arange(size // stride) + 0.5) * stride
        y, x = torch.meshgrid(at, at, indexing="ij")
        found.append(torch.stack([x.flatten(), y.flatten(), torch.full((len(at) ** 2,), float(stride))], 1))
    return torch.cat(found)


def detect(net, grid, image):
    scores, bins = net(image)
    distances = (bins.view(-1, 4, 11).softmax(2) @ torch.arange(11.0)) * grid[:, 2:]
    boxes = torch.cat([grid[:, :2] - distances[:, :2], grid[:, :2] + distances[:, 2:]], 1)
    places, kinds = (scores[0].sigmoid() > 0.3).nonzero(as_tuple=True)
    return places[batched_nms(boxes[places], scores[0][places, kinds], kinds, 0.6)[:100]]


def main():
    net = NanoDet().eval()
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        with torch.no_grad():
            if words[0] == "prepare":
                image, grid = torch.randn(1, 3, int(words[1]), int(words[1])), points(int(words[1]))
                detect(net, grid, image)
                print("ready", torch.__version__, flush=True)
            if words[0] == "run":
                start = time.perf_counter()
                for _ in range(int(words[1])):
                    detect(net, grid, image)
                print(1000 * (time.perf_counter() - start) / int(words[1]), flush=True)


main()
