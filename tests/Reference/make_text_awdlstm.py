"""Reference values for the AWD-LSTM language model: PyTorch's own layers, in double precision, with nothing dropped.

Two batches that follow each other: the second begins with the state that the first has left, detached. For each the last
layer's outputs, the cross entropy, the loss with both penalties (AR 2, TAR 1), and the gradients of all parameters.

Run with Debian's python3-torch 1.13.1: /usr/bin/python3 make_text_awdlstm.py > text_awdlstm.json
"""
import json

import torch
import torch.nn.functional as F
from torch import nn

SEED = 10
VOCABULARY, EMBEDDING, HIDDEN, LAYERS = 23, 6, 9, 3
BATCH, STEPS = 3, 5
AR, TAR = 2.0, 1.0


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, EMBEDDING, padding_idx=1)
        nn.init.uniform_(self.embedding.weight, -0.5, 0.5)
        sizes = [EMBEDDING] + [HIDDEN] * (LAYERS - 1) + [EMBEDDING]
        self.layers = nn.ModuleList(nn.LSTM(sizes[i], sizes[i + 1]) for i in range(LAYERS))

    def forward(self, tokens, state):
        x = self.embedding(tokens.t())
        after = []
        for layer, before in zip(self.layers, state):
            x, now = layer(x, before)
            after.append(tuple(part.detach() for part in now))
        return x, after


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def ours(name):
    return name.replace("_l0", "")


def main():
    torch.manual_seed(SEED)
    torch.set_default_dtype(torch.float64)
    encoder = Encoder()
    bias = nn.Parameter(torch.randn(VOCABULARY) * 0.1)
    named = {"encoder." + ours(name): p for name, p in encoder.named_parameters()} | {"decoder.bias": bias}
    state = [None] * LAYERS
    batches = []
    for _ in range(2):
        tokens = torch.randint(0, VOCABULARY, (BATCH, STEPS))
        tokens[0, 2] = 1  # the padding token's embedding gets no gradient from here, but one as a class
        targets = torch.randint(0, VOCABULARY, (BATCH, STEPS))
        raw, state = encoder(tokens, state)
        logits = F.linear(raw, encoder.embedding.weight, bias)
        entropy = F.cross_entropy(logits.flatten(0, 1), targets.t().flatten())
        loss = entropy + AR * raw.pow(2).mean() + TAR * (raw[1:] - raw[:-1]).pow(2).mean()
        for parameter in named.values():
            parameter.grad = None
        loss.backward()
        batches.append({
            "tokens": tokens.flatten().tolist(),
            "targets": targets.flatten().tolist(),
            "raw": numbers(raw.transpose(0, 1)),
            "cross_entropy": entropy.item(),
            "loss": loss.item(),
            "gradients": {name: numbers(p.grad) for name, p in named.items()},
        })
    print(json.dumps({
        "torch": torch.__version__, "seed": SEED, "vocabulary": VOCABULARY, "embedding": EMBEDDING, "hidden": HIDDEN,
        "layers": LAYERS, "batch": BATCH, "steps": STEPS,
        "weights": {name: numbers(p) for name, p in named.items()},
        "batches": batches,
    }))


main()
