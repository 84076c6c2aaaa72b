"""torchvision's non-maximum suppression: the peer of SuppressionBenchmark. Makes the boxes for both.

What counts is the time of the processor: on a busy machine a run of seconds is put aside again and again, one of a
millisecond never, and the clock would tell of that alone.
"""
import sys
import time

import numpy
import torch
from torchvision.ops import batched_nms, nms


def scattered(random, count):
    """Boxes of 8 to 80 pixels anywhere in 1280 x 960: most are kept while there are few."""
    low = random.random((count, 2)) * [1280, 960]
    return numpy.concatenate([low, low + 8 + random.random((count, 2)) * 72], 1)


def crowded(random, count):
    """What a detector says before suppression: several hundred boxes about each of a hundred objects, of 30 to 300."""
    low = random.random((100, 2)) * [1100, 800]
    objects = numpy.concatenate([low, low + 30 + random.random((100, 2)) * 270], 1)
    chosen = objects[random.integers(0, 100, count)]
    side = (chosen[:, 2:] - chosen[:, :2]).repeat(2, axis=0).reshape(-1, 4)
    return chosen + random.normal(0, 0.06, (count, 4)) * side


def main():
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        if words[0] == "prepare":
            kind, count, by_class, path = words[1], int(words[2]), words[3] == "classes", words[4]
            torch.set_num_threads(int(words[5]))
            random = numpy.random.default_rng(count)
            boxes = (scattered if kind == "scattered" else crowded)(random, count).astype(numpy.float32)
            # No two are equal: batched_nms leaves the order of equal ones to chance.
            scores = (random.permutation(count) / count).astype(numpy.float32)
            classes = random.integers(0, 80, count).astype(numpy.int64)
            boxes.tofile(path + ".boxes")
            scores.tofile(path + ".scores")
            classes.tofile(path + ".classes")
            boxes, scores, classes = (torch.from_numpy(array) for array in (boxes, scores, classes))

            def run():
                return batched_nms(boxes, scores, classes, 0.5) if by_class else nms(boxes, scores, 0.5)

            run().numpy().tofile(path + ".kept")
            print("ready", torch.__version__, flush=True)
        if words[0] == "run":
            start = time.process_time()
            for _ in range(int(words[1])):
                run()
            print((time.process_time() - start) / int(words[1]) * 1e3, flush=True)


main()
