"""The training step of AwdLstmBenchmark written plainly in PyTorch, as a peer that waits for orders on its standard
input: torch.nn.LSTM for each layer, weight drop by writing the dropped weight where the layer reads it, one cross
entropy over all logits, both penalties, clipping, Adam.

Protocol: a line "prepare EMBEDDING HIDDEN LAYERS VOCABULARY BATCH STEPS THREADS" builds the model and makes one step,
"run COUNT" times COUNT steps and prints their median in microseconds, "quit" ends.
"""
import statistics
import sys
import time
import warnings

import torch
import torch.nn.functional as F
from torch import nn

INPUT, OUTPUT, WEIGHT, EMBEDDING, HIDDEN = 0.25, 0.1, 0.2, 0.02, 0.15
AR, TAR, CLIP, RATE = 2.0, 1.0, 0.25, 1e-3


def locked(x, share):
    mask = x.new_empty(1, x.size(1), x.size(2)).bernoulli_(1 - share).div_(1 - share)
    return x * mask


class WeightDrop(nn.Module):
    """A layer whose weight from step to step is dropped anew in each pass."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer
        self.weight_hh_raw = nn.Parameter(layer.weight_hh_l0.data)
        del layer._parameters["weight_hh_l0"]

    def forward(self, x, state):
        self.layer.weight_hh_l0 = F.dropout(self.weight_hh_raw, WEIGHT, self.training)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.layer(x, state)


class LanguageModel(nn.Module):
    def __init__(self, embedding, hidden, layers, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding, padding_idx=1)
        nn.init.uniform_(self.embedding.weight, -0.1, 0.1)
        sizes = [embedding] + [hidden] * (layers - 1) + [embedding]
        self.layers = nn.ModuleList(WeightDrop(nn.LSTM(sizes[i], sizes[i + 1])) for i in range(layers))
        self.decoder = nn.Linear(embedding, vocabulary)
        self.decoder.weight = self.embedding.weight
        self.state = [None] * layers

    def forward(self, tokens):
        table = self.embedding.weight
        mask = table.new_empty(table.size(0), 1).bernoulli_(1 - EMBEDDING).div_(1 - EMBEDDING)
        x = locked(F.embedding(tokens.t(), table * mask, padding_idx=1), INPUT)
        for i, layer in enumerate(self.layers):
            if i > 0:
                x = locked(raw, HIDDEN)
            raw, state = layer(x, self.state[i])
            self.state[i] = tuple(part.detach() for part in state)
        dropped = locked(raw, OUTPUT)
        return self.decoder(dropped), raw, dropped


def prepare(embedding, hidden, layers, vocabulary, batch, steps):
    torch.manual_seed(0)
    model = LanguageModel(embedding, hidden, layers, vocabulary)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, betas=(0.9, 0.99))
    x, y = torch.randint(2, vocabulary, (batch, steps)), torch.randint(2, vocabulary, (batch, steps))

    def step():
        optimizer.zero_grad(set_to_none=True)
        logits, raw, dropped = model(x)
        loss = F.cross_entropy(logits.flatten(0, 1), y.t().flatten())
        loss = loss + AR * dropped.pow(2).mean() + TAR * (raw[1:] - raw[:-1]).pow(2).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()

    return step


def main():
    step = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "prepare":
            torch.set_num_threads(int(words[7]))
            step = prepare(*map(int, words[1:7]))
            step()
            print("ready", flush=True)
        elif words[0] == "run":
            times = []
            for _ in range(int(words[1])):
                start = time.perf_counter()
                step()
                times.append((time.perf_counter() - start) * 1e6)
            print(statistics.median(times), flush=True)
        elif words[0] == "quit":
            break


main()
