"""The training steps of GpuBenchmark in PyTorch, operator by operator: a peer that waits for orders on its standard input.

Protocol: "prepare CASE DEVICE BATCH SIZE STEPS" builds the case, warms up by so many steps and answers "ready", or says
in a line why not. "run COUNT" makes COUNT steps, waits for the device and prints the milliseconds of one. "quit" ends.
"""
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

import models


def dcgan(device, batch):
    def up(inputs, outputs, stride, padding):
        return [nn.ConvTranspose2d(inputs, outputs, 4, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]

    def down(inputs, outputs):
        return [nn.Conv2d(inputs, outputs, 4, 2, 1, bias=False), nn.BatchNorm2d(outputs), nn.LeakyReLU(0.2, inplace=True)]

    generator = nn.Sequential(
        *up(100, 512, 1, 0), *up(512, 256, 2, 1), *up(256, 128, 2, 1), *up(128, 64, 2, 1),
        nn.ConvTranspose2d(64, 3, 4, 2, 1, bias=False), nn.Tanh()).to(device)
    critic = nn.Sequential(
        nn.Conv2d(3, 64, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, inplace=True), *down(64, 128), *down(128, 256), *down(256, 512),
        nn.Conv2d(512, 1, 4, bias=False), nn.Flatten(0)).to(device)
    pictures, noise = torch.randn(batch, 3, 64, 64, device=device), torch.randn(batch, 100, 1, 1, device=device)

    def critic_loss():
        real, painted = critic(pictures), critic(generator(noise).detach())
        return (F.binary_cross_entropy_with_logits(real, torch.ones_like(real))
                + F.binary_cross_entropy_with_logits(painted, torch.zeros_like(painted)))

    def generator_loss():
        painted = critic(generator(noise))
        return F.binary_cross_entropy_with_logits(painted, torch.ones_like(painted))

    return [(critic_loss, list(critic.parameters())), (generator_loss, list(generator.parameters()))]


def classifier(name, device, batch, size):
    make = {"mlp": models.mlp_model, "resnet50": models.resnet50_model, "wrn22": models.wrn22_model,
            "speednet": models.speednet_model}[name]
    model = make().to(device)
    x = torch.randn(batch, 64, device=device) if name == "mlp" else torch.randn(batch, 3, size, size, device=device)
    y = torch.randint(0, 10, (batch,), device=device)
    narrow = name != "mlp"
    if narrow:
        model, x = (part.to(memory_format=torch.channels_last) for part in (model, x))

    def loss():
        with torch.autocast(torch.device(device).type, torch.bfloat16, enabled=narrow):
            logits = model(x)
        return F.cross_entropy(logits.float(), y)

    return [(loss, [p for p in model.parameters() if p.requires_grad])]


def prepare(name, device, batch, size, warm):
    torch.manual_seed(0)
    torch.backends.cudnn.benchmark = True
    parts = dcgan(device, batch) if name == "dcgan" else classifier(name, device, batch, size)
    parts = [(loss, parameters, torch.optim.AdamW(parameters, lr=1e-4, weight_decay=1e-2)) for loss, parameters in parts]

    def run(count):
        for _ in range(count):
            for loss, parameters, optimizer in parts:
                optimizer.zero_grad(set_to_none=True)
                loss().backward(inputs=parameters)
                optimizer.step()
        if torch.device(device).type == "cuda":
            torch.cuda.synchronize(device)

    run(warm)
    return run


def main():
    run = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        if words[0] == "prepare":
            try:
                run = prepare(words[1], words[2], *map(int, words[3:]))
                print("ready", flush=True)
            except (RuntimeError, AssertionError) as fault:
                print(str(fault).splitlines()[0], flush=True)
        if words[0] == "run":
            start = time.perf_counter()
            run(int(words[1]))
            print((time.perf_counter() - start) / int(words[1]) * 1e3, flush=True)


if __name__ == "__main__":
    main()
