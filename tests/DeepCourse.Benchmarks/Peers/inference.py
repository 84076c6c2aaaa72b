"""ResNet-18 on pictures in evaluation mode: the peer of InferenceBenchmark.

Protocol: "prepare BATCH SIZE THREADS" makes a batch and warms up, "run COUNT" times COUNT passes and prints their median
in milliseconds, "quit" ends.
"""
import statistics
import sys
import time

import torch

from models import resnet18_model


def main():
    model, images = resnet18_model().eval(), None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        with torch.inference_mode():
            if words[0] == "prepare":
                batch, size, threads = map(int, words[1:])
                torch.set_num_threads(threads)
                images = torch.randn(batch, 3, size, size)
                for _ in range(5):
                    model(images)
                print("ready", torch.__version__, flush=True)
            if words[0] == "run":
                times = []
                for _ in range(int(words[1])):
                    start = time.perf_counter()
                    model(images)
                    times.append(time.perf_counter() - start)
                print(statistics.median(times) * 1e3, flush=True)


main()
