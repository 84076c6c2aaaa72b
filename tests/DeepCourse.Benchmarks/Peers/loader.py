"""Decode, resize and batch with torchvision's DataLoader and PIL: the peer of LoaderBenchmark.

Protocol: "prepare FOLDER SIZE BATCH WORKERS", then "run EPOCHS" prints images per second, "quit" ends.
"""
import glob
import os
import sys
import time

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


class Pictures(Dataset):
    def __init__(self, folder, size):
        self.paths = sorted(glob.glob(os.path.join(folder, "*.jpg")))
        self.transform = transforms.Compose([transforms.Resize((size, size)), transforms.PILToTensor()])

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return self.transform(Image.open(self.paths[index]).convert("RGB"))


def main():
    loader = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        if words[0] == "prepare":
            torch.set_num_threads(1)
            data = Pictures(words[1], int(words[2]))
            workers = int(words[4])
            loader = DataLoader(data, batch_size=int(words[3]), shuffle=True, num_workers=workers,
                                persistent_workers=workers > 0)
            for _ in loader:
                pass
            print("ready", torch.__version__, len(data), flush=True)
        if words[0] == "run":
            start = time.perf_counter()
            count = 0
            for _ in range(int(words[1])):
                for batch in loader:
                    count += len(batch)
            print(count / (time.perf_counter() - start), flush=True)


main()
