"""The training steps of StepBenchmark in PyTorch, as a peer that waits for orders on its standard input.

Protocol: a line "prepare CASE THREADS" builds the case and warms up, "run COUNT" times COUNT steps and prints their
median in microseconds, "quit" ends.
"""
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


def mlp():
    layers = []
    for _ in range(20):
        layers += [nn.Linear(64, 64), nn.ReLU()]
    model = nn.Sequential(*layers, nn.Linear(64, 10))
    x, y = torch.randn(32, 64), torch.randint(0, 10, (32,))
    return model, lambda: F.cross_entropy(model(x), y)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = None
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        y += x if self.shortcut is None else self.shortcut(x)
        return F.relu(y, inplace=True)


def resnet18():
    blocks = []
    inputs = 64
    for outputs, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        blocks += [Block(inputs, outputs, stride), Block(outputs, outputs, 1)]
        inputs = outputs
    model = nn.Sequential(
        nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1),
        *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))
    x, y = torch.randn(16, 3, 64, 64), torch.randint(0, 10, (16,))
    return model, lambda: F.cross_entropy(model(x), y)


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(2000, 128)
        self.lstm = nn.LSTM(128, 256, 2, batch_first=True)
        self.head = nn.Linear(256, 2000)

    def forward(self, tokens):
        return self.head(self.lstm(self.embedding(tokens))[0])


def lstm():
    model = Tagger()
    x, y = torch.randint(0, 2000, (16, 35)), torch.randint(0, 2000, (16, 35))
    return model, lambda: F.cross_entropy(model(x).flatten(0, 1), y.flatten())


def main():
    step = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        if words[0] == "prepare":
            torch.set_num_threads(int(words[2]))
            torch.manual_seed(0)
            model, loss = {"mlp": mlp, "resnet18": resnet18, "lstm": lstm}[words[1]]()
            optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=1e-2)

            def step():
                optimizer.zero_grad(set_to_none=True)
                loss().backward()
                optimizer.step()

            for _ in range(5):
                step()
            print("ready", torch.__version__, torch.get_num_threads(), flush=True)
        if words[0] == "run":
            times = []
            for _ in range(int(words[1])):
                start = time.perf_counter()
                step()
                times.append(time.perf_counter() - start)
            print(statistics.median(times) * 1e6, flush=True)


main()
