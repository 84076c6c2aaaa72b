"""The networks of the step and inference benchmarks, written plainly in PyTorch. Each function gives a model and a
function that computes its loss on one fixed batch."""
import torch
import torch.nn.functional as F
from torch import nn


def mlp_model():
    layers = []
    for _ in range(20):
        layers += [nn.Linear(64, 64), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(64, 10))


def mlp():
    model = mlp_model()
    x, y = torch.randn(32, 64), torch.randint(0, 10, (32,))
    return model, lambda: F.cross_entropy(model(x), y)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = None
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        y += x if self.shortcut is None else self.shortcut(x)
        return F.relu(y, inplace=True)


def resnet18_model():
    blocks = []
    inputs = 64
    for outputs, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        blocks += [Block(inputs, outputs, stride), Block(outputs, outputs, 1)]
        inputs = outputs
    return nn.Sequential(
        nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1),
        *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        outputs = 4 * width
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.shortcut = None
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = F.relu(self.bn2(self.conv2(y)), inplace=True)
        y = self.bn3(self.conv3(y))
        y += x if self.shortcut is None else self.shortcut(x)
        return F.relu(y, inplace=True)


def resnet50_model():
    blocks = []
    inputs = 64
    for width, stride, count in ((64, 1, 3), (128, 2, 4), (256, 2, 6), (512, 2, 3)):
        for i in range(count):
            blocks.append(Bottleneck(inputs, width, stride if i == 0 else 1))
            inputs = 4 * width
    return nn.Sequential(
        nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1),
        *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2048, 1000))


def resnet18(channels_last=False):
    model = resnet18_model()
    x, y = torch.randn(16, 3, 64, 64), torch.randint(0, 10, (16,))
    if channels_last:
        model, x = (part.to(memory_format=torch.channels_last) for part in (model, x))
    return model, lambda: F.cross_entropy(model(x), y)


class WideBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.shortcut = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        y = F.relu(self.bn1(x), inplace=True)
        carried = x if self.shortcut is None else self.shortcut(y)
        y = self.conv2(F.relu(self.bn2(self.conv1(y)), inplace=True))
        y += carried
        return y


def wrn22_model():
    blocks = []
    inputs = 16
    for outputs, stride in ((96, 1), (192, 2), (384, 2)):
        for i in range(3):
            blocks.append(WideBlock(inputs, outputs, stride if i == 0 else 1))
            inputs = outputs
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 1, 1, bias=False), *blocks, nn.BatchNorm2d(384), nn.ReLU(inplace=True),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(384, 10))


def wrn22():
    model = wrn22_model()
    x, y = torch.randn(8, 3, 32, 32), torch.randint(0, 10, (8,))
    return model, lambda: F.cross_entropy(model(x), y)


def twice(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
        nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList([twice(3, 16), twice(16, 32), twice(32, 64)])
        self.bottom = twice(64, 128)
        self.up = nn.ModuleList([twice(192, 64), twice(96, 32), twice(48, 16)])
        self.head = nn.Conv2d(16, 1, 1)

    def forward(self, x):
        maps = []
        for stage in self.down:
            x = stage(x)
            maps.append(x)
            x = F.max_pool2d(x, 2)
        x = self.bottom(x)
        for stage, skipped in zip(self.up, reversed(maps)):
            x = stage(torch.cat([F.interpolate(x, scale_factor=2, mode="nearest"), skipped], 1))
        return self.head(x)


def unet():
    model = Unet()
    x, y = torch.randn(8, 3, 64, 64), torch.randint(0, 2, (8, 1, 64, 64)).float()
    return model, lambda: F.binary_cross_entropy_with_logits(model(x), y)


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(2000, 128)
        self.lstm = nn.LSTM(128, 256, 2, batch_first=True)
        self.head = nn.Linear(256, 2000)

    def forward(self, tokens):
        return self.head(self.lstm(self.embedding(tokens))[0])


def lstm():
    model = Tagger()
    x, y = torch.randint(0, 2000, (16, 35)), torch.randint(0, 2000, (16, 35))
    return model, lambda: F.cross_entropy(model(x).flatten(0, 1), y.flatten())


class SpeedGroup(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.norm1, self.norm2 = (nn.BatchNorm2d(outputs, 1e-12, 0.4) for _ in range(2))
        self.norm1.weight.requires_grad = self.norm2.weight.requires_grad = False

    def forward(self, x):
        x = F.gelu(self.norm1(F.max_pool2d(self.conv1(x), 2)))
        return F.gelu(self.norm2(self.conv2(x)))


class SpeedHead(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(256, 10, bias=False)

    def forward(self, x):
        return self.linear(x.float().amax((2, 3))) / 256


def speednet_model():
    return nn.Sequential(
        nn.Conv2d(3, 24, 2), nn.GELU(), SpeedGroup(24, 64), SpeedGroup(64, 256), SpeedGroup(256, 256), SpeedHead())


def speednet():
    model = speednet_model().to(memory_format=torch.channels_last)
    x, y = torch.randn(64, 3, 32, 32).to(memory_format=torch.channels_last), torch.randint(0, 10, (64,))

    def loss():
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(x)
        return F.cross_entropy(logits.float(), y)

    return model, loss


CASES = {"mlp": mlp, "resnet18": resnet18, "wrn22": wrn22, "unet": unet, "lstm": lstm, "speednet": speednet}
