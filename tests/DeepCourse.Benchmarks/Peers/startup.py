"""The program of StartupBenchmark in PyTorch: one training step of a small network, then a line that says so."""
import torch
import torch.nn.functional as F
from torch import nn

model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10))
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
images, classes = torch.randn(16, 3, 32, 32), torch.randint(0, 10, (16,))
optimizer.zero_grad(set_to_none=True)
F.cross_entropy(model(images), classes).backward()
optimizer.step()
print("stepped", flush=True)
