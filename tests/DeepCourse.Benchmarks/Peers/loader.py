"""Pictures to batches with torchvision's DataLoader and PIL: the peer of LoaderBenchmark.

Protocol: "prepare KIND FOLDER SIZE BATCH WORKERS", then "run EPOCHS" prints pictures a second by the clock and pictures a
second of processor time, workers included; "quit" ends. KIND: resize (squashed to a square), crop (random part, mirrored
half of the time), floats (the same as normalised floats).
"""
import glob
import os
import sys
import time

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


def transform_of(kind, size):
    if kind == "resize":
        return transforms.Compose([transforms.Resize((size, size)), transforms.PILToTensor()])
    crop = [transforms.RandomResizedCrop(size), transforms.RandomHorizontalFlip()]
    if kind == "crop":
        return transforms.Compose(crop + [transforms.PILToTensor()])
    return transforms.Compose(crop + [
        transforms.ToTensor(), transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])


class Pictures(Dataset):
    def __init__(self, folder, transform):
        self.paths = sorted(glob.glob(os.path.join(folder, "*.jpg")))
        self.transform = transform

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return self.transform(Image.open(self.paths[index]).convert("RGB"))


def processor_seconds(loader):
    seconds = time.process_time()
    for worker in getattr(loader._iterator, "_workers", []):
        with open(f"/proc/{worker.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def main():
    loader = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        if words[0] == "prepare":
            torch.set_num_threads(1)
            loader = None
            data = Pictures(words[2], transform_of(words[1], int(words[3])))
            workers = int(words[5])
            # Workers that begin as copies, on every version: Python 3.14 would start them anew.
            loader = DataLoader(data, batch_size=int(words[4]), shuffle=True, num_workers=workers,
                                persistent_workers=workers > 0, multiprocessing_context="fork" if workers else None)
            for _ in loader:
                pass
            print("ready", torch.__version__, len(data), flush=True)
        if words[0] == "run":
            start, processor = time.perf_counter(), processor_seconds(loader)
            count = 0
            for _ in range(int(words[1])):
                for batch in loader:
                    count += len(batch)
            print(count / (time.perf_counter() - start), count / (processor_seconds(loader) - processor), flush=True)


if __name__ == "__main__":
    main()
