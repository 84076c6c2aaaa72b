"""Keys, shapes and logits of torchvision's ResNets, for tests/DeepCourse.Tests/Vision/Backbones/ResnetTests.cs.

Made with: Debian python3-torch 1.13.1 and python3-torchvision, one thread, no randomness.
Usage:     /usr/bin/python3 make_resnet.py
The weights follow from a formula of their place, in double precision, that the C# test repeats, so no file of 45 MB is
needed: value i of tensor k (in the order of the state dictionary) comes from the fraction of 43758.5453 sin(12.9898 i + 78.233 k).
"""
import json
import pathlib

import numpy as np
import torch
import torchvision

torch.set_num_threads(1)


def formula(name, shape, k):
    noise = 43758.5453 * np.sin(12.9898 * np.arange(int(np.prod(shape)), dtype=np.float64) + 78.233 * k)
    wave = (2 * (noise - np.floor(noise)) - 1).reshape(shape)
    if len(shape) >= 2:  # Keeps the size of activations through the layers: variance 1 / fan in.
        wave = wave * np.sqrt(3.0 / np.prod(shape[1:]))
    elif name.endswith("running_var") or name.endswith("weight"):
        wave = 1 + 0.5 * wave
    else:
        wave = 0.1 * wave
    return torch.from_numpy(wave.astype(np.float32))


def pattern(height, width):
    c, y, x = torch.meshgrid(torch.arange(3), torch.arange(height), torch.arange(width), indexing="ij")
    return ((x * x * 3 + y * 7 * (c + 1) + x * y + c * 50) % 256).float().unsqueeze(0) / 255 - 0.5


def main():
    reference = {"torch": torch.__version__, "torchvision": torchvision.__version__}
    for depth in (18, 34, 50):
        model = getattr(torchvision.models, f"resnet{depth}")(num_classes=10)
        state = model.state_dict()
        entry = {"keys": {name: list(value.shape) for name, value in state.items()}}
        if depth != 34:
            weights = {
                name: value if name.endswith("num_batches_tracked") else formula(name, value.shape, k)
                for k, (name, value) in enumerate(state.items())
            }
            model.load_state_dict(weights)
            with torch.no_grad():
                entry["logits"] = model.eval()(pattern(64, 96))[0].tolist()
        reference[f"resnet{depth}"] = entry
    text = json.dumps(reference, indent=None, separators=(",", ":"))
    pathlib.Path(__file__).with_name("resnet.json").write_text(text.replace('},"resnet', '},\n"resnet') + "\n")
    print(reference["resnet18"]["logits"], reference["resnet50"]["logits"])


if __name__ == "__main__":
    main()
