"""The training steps of StepBenchmark in PyTorch, as a peer that waits for orders on its standard input.

Protocol: a line "prepare CASE THREADS STEPS" builds the case and warms up by so many steps; a case that ends in
"_foreach" is stepped by AdamW's operators over lists instead of its default, one
that ends in "_nhwc" has its pictures and weights with channels last. "run COUNT" times COUNT steps and prints
their median in microseconds, "quit" ends.
"""
import statistics
import sys
import time

import torch

from models import CASES


def prepare(case, threads, warm):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    name, _, variant = case.partition("_")
    foreach = variant == "foreach"
    model, loss = CASES[name](channels_last=True) if variant == "nhwc" else CASES[name]()
    options = {"foreach": True} if foreach else {}
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=1e-2, **options)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss().backward()
        optimizer.step()

    for _ in range(warm):
        step()
    return step


def main():
    step = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        if words[0] == "prepare":
            step = prepare(words[1], int(words[2]), int(words[3]))
            print("ready", torch.__version__, torch.get_num_threads(), flush=True)
        if words[0] == "run":
            times = []
            for _ in range(int(words[1])):
                start = time.perf_counter()
                step()
                times.append(time.perf_counter() - start)
            print(statistics.median(times) * 1e6, flush=True)


main()
