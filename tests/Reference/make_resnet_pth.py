"""A torchvision ResNet-18 state dictionary saved by PyTorch, and the logits it gives, for ResnetTests.cs.

Made with: Debian python3-torch 1.13.1 and python3-torchvision, one thread, seed 18.
Usage:     /usr/bin/python3 make_resnet_pth.py
Weights are overlapping windows of one random storage per fan-in (strides 3, 2, 1, 1 and an offset of their own), so the
file is a whole ResNet-18 in well under a megabyte, and reading it takes shared storages, offsets and strides.
"""
import collections
import json
import math
import pathlib

import torch
import torchvision

torch.set_num_threads(1)
torch.manual_seed(18)
LENGTH = 8192


def pattern(height, width):
    c, y, x = torch.meshgrid(torch.arange(3), torch.arange(height), torch.arange(width), indexing="ij")
    return ((x * x * 3 + y * 7 * (c + 1) + x * y + c * 50) % 256).float().unsqueeze(0) / 255 - 0.5


def main():
    folder = pathlib.Path(__file__).parent
    model = torchvision.models.resnet18(num_classes=10).eval()
    storages, state = {}, collections.OrderedDict()
    for place, (name, value) in enumerate(model.state_dict().items()):
        if name.endswith("num_batches_tracked"):
            state[name] = value
            continue
        fan_in = math.prod(value.shape[1:]) if value.dim() > 1 else 0
        positive = value.dim() == 1 and name.endswith(("running_var", "weight"))
        key = (fan_in, positive)
        if key not in storages:
            wave = 2 * torch.rand(LENGTH) - 1
            storages[key] = wave * math.sqrt(3 / fan_in) if fan_in else 1 + 0.5 * wave if positive else 0.1 * wave
        strides = (3, 2, 1, 1)[: value.dim()]
        state[name] = storages[key].as_strided(value.shape, strides, storage_offset=37 * place)
    torch.save(state, folder / "weights" / "resnet18.pth")
    model.load_state_dict(state)
    with torch.no_grad():
        logits = model(pattern(64, 96))[0].tolist()
    (folder / "resnet18_pth.json").write_text(json.dumps({"torch": torch.__version__, "logits": logits}) + "\n")
    print(logits)


if __name__ == "__main__":
    main()
