"""Lists folders of classes with torchvision: the peer of FoldersBenchmark.

Protocol: "list FOLDER" prints the number of files, seconds, and by how many MB the process has grown at its highest;
"quit" ends.
"""
import resource
import sys
import time

from torchvision.datasets import ImageFolder


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main():
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        before, start = peak(), time.perf_counter()
        data = ImageFolder(words[1])
        print(len(data), time.perf_counter() - start, peak() - before, flush=True)


main()
