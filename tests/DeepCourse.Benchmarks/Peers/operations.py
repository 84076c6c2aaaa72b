"""One operator call and one optimizer step in PyTorch: the peer of OperationBenchmark."""
import sys
import time

import torch


def main():
    a, b = torch.tensor([1.0]), torch.tensor([2.0])
    parameters = [torch.nn.Parameter(torch.randn(32, 32)) for _ in range(100)]
    for parameter in parameters:
        parameter.grad = torch.randn(32, 32)
    optimizer = torch.optim.AdamW(parameters, lr=1e-3, weight_decay=1e-2)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        if words[0] == "prepare":
            torch.set_num_threads(int(words[1]))
            for _ in range(50_000):
                a + b
            for _ in range(50):
                optimizer.step()
            print("ready", torch.__version__, flush=True)
        if words[0] == "add":
            count = int(words[1])
            start = time.perf_counter()
            for _ in range(count):
                a + b
            print((time.perf_counter() - start) / count * 1e6, flush=True)
        if words[0] == "adamw":
            count = int(words[1])
            start = time.perf_counter()
            for _ in range(count):
                optimizer.step()
            print((time.perf_counter() - start) / count * 1e6, flush=True)


main()
