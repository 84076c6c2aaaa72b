"""Reference values for networks built from darknet's .cfg files: their maps, their boxes, and the bytes of their
.weights files, all with weights by a formula that the C# tests repeat.

Made with: Debian python3-torch 1.13.1, one thread, no randomness.
Usage:     /usr/bin/python3 make_yolo.py [CFG_FOLDER [LIBDARKNET]]
           CFG_FOLDER holds yolov3.cfg and yolov3-tiny.cfg; Debian's package darknet has them in /usr/share/darknet/cfg.
           LIBDARKNET is its /usr/lib/darknet/libdarknet.so: darknet itself then reads the same weights from a file and
           computes the same networks, as a check that cfg, weights and layers are understood as it understands them.
"""
import ctypes
import hashlib
import json
import math
import pathlib
import re
import struct
import sys
import tempfile

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
ACTIVATIONS = {
    "linear": lambda x: x,
    "leaky": lambda x: F.leaky_relu(x, 0.1),
    "relu": F.relu,
    "mish": F.mish,
    "swish": F.silu,
}


def sections(text):
    found = []
    for line in (re.sub(r"\s", "", line) for line in text.split("\n")):
        if line.startswith("["):
            found.append((line.strip("[]"), {}))
        elif line and line[0] not in "#;":
            key, value = line.split("=", 1)
            found[-1][1].setdefault(key, value)
    return found


def uniform(layer, record, count):
    """Numbers from 0 to 1 that look random: a multiplicative hash of the place."""
    h = np.arange(count, dtype=np.uint32) * np.uint32(2654435761) + np.uint32(layer * 40503 + record * 9973 + 12345)
    h ^= h >> np.uint32(15)
    h *= np.uint32(2246822519)
    h ^= h >> np.uint32(13)
    return (h & np.uint32(0xFFFFFF)).astype(np.float64) / 16777216


def records(layer, filters, inputs, size, normalised):
    """In the order of the file."""
    u = uniform(layer, 0, filters)
    out = [0.2 * (u - 0.5)]
    if normalised:
        out.append(0.75 + 0.5 * uniform(layer, 1, filters))
        out.append(0.2 * (uniform(layer, 2, filters) - 0.5))
        out.append(0.5 + uniform(layer, 3, filters))
    fan = inputs * size * size
    out.append((uniform(layer, len(out), filters * fan) - 0.5) * math.sqrt(12 / fan))
    return [values.astype(np.float32) for values in out]


class Net:
    def __init__(self, text):
        (_, self.net), *self.layers = sections(text)
        self.file = [struct.pack("<iiiq", 0, 2, 0, 0)]

    def run(self, x):
        outputs, scales = [], []
        for index, (kind, options) in enumerate(self.layers):
            get = lambda key, default: int(options.get(key, default))
            at = lambda number: outputs[index + number if number < 0 else number]
            if kind == "convolutional":
                x = self.convolve(index, options, get, x)
            elif kind == "shortcut":
                x = ACTIVATIONS[options["activation"]](x + at(get("from", 0)))
            elif kind == "route":
                groups, group = get("groups", 1), get("group_id", 0)
                parts = [at(int(number)) for number in options["layers"].split(",")]
                x = torch.cat([part.chunk(groups, 1)[group] for part in parts], 1)
            elif kind == "upsample":
                x = x.repeat_interleave(get("stride", 2), 2).repeat_interleave(get("stride", 2), 3)
            elif kind == "maxpool":
                size, stride = get("size", 1), get("stride", 1)
                low, high = (size - 1) // 2, size - 1 - (size - 1) // 2
                x = F.max_pool2d(F.pad(x, (low, high, low, high), value=-math.inf), size, stride)
            elif kind == "yolo":
                scales.append((options, x))
            else:
                raise NotImplementedError(kind)
            outputs.append(x)
        return scales

    def convolve(self, index, options, get, x):
        filters, size, groups = get("filters", 1), get("size", 1), get("groups", 1)
        normalised = get("batch_normalize", 0) == 1
        values = records(index, filters, x.shape[1] // groups, size, normalised)
        self.file.extend(record.tobytes() for record in values)
        values = [torch.from_numpy(record) for record in values]
        weight = values[-1].view(filters, -1, size, size)
        padding = size // 2 if get("pad", 0) else get("padding", 0)
        x = F.conv2d(x, weight, None if normalised else values[0], get("stride", 1), padding, groups=groups)
        if normalised:
            x = F.batch_norm(x, values[2], values[3], values[1], values[0], eps=1e-5)
        return ACTIVATIONS[options["activation"]](x)


def decode(options, x, height, width):
    """Boxes as (left, top, right, bottom) in shares and scores, anchor by anchor, as the paper's section 2 has it."""
    numbers = [float(number) for number in options["anchors"].split(",")]
    found = []
    _, channels, rows, columns = x.shape
    mask = [int(number) for number in options["mask"].split(",")]
    values = channels // len(mask)
    for row in range(rows):
        for column in range(columns):
            for place, anchor in enumerate(mask):
                tx, ty, tw, th, objectness, *classes = x[0, place * values : (place + 1) * values, row, column].double()
                bx, by = (column + tx.sigmoid()) / columns, (row + ty.sigmoid()) / rows
                bw, bh = numbers[2 * anchor] * tw.exp() / width, numbers[2 * anchor + 1] * th.exp() / height
                scores = [(objectness.sigmoid() * kind.sigmoid()).item() for kind in classes]
                found.append([v.item() for v in (bx - bw / 2, by - bh / 2, bx + bw / 2, by + bh / 2)] + scores)
    return found


def pattern(height, width):
    c, y, x = torch.meshgrid(torch.arange(3), torch.arange(height), torch.arange(width), indexing="ij")
    return ((x * x * 3 + y * 7 * (c + 1) + x * y + c * 50) % 256).float().unsqueeze(0) / 255


def rounded(values):
    return [float(f"{value:.6g}") for value in values]


def describe(path, height, width, every, with_boxes):
    net = Net(path.read_text())
    with torch.no_grad():
        scales = net.run(pattern(height, width))
    file = b"".join(net.file)
    described = {
        "height": height,
        "width": width,
        "bytes": len(file),
        "every": every,
        "maps": [
            {"shape": list(x.shape), "absoluteMean": x.abs().mean().item(), "values": rounded(x.flatten()[::every].tolist())}
            for _, x in scales
        ],
    }
    if with_boxes:
        described["sha256"] = hashlib.sha256(file).hexdigest()
        boxes = [box for options, x in scales for box in decode(options, x, height, width)]
        described["boxesEvery11th"] = [rounded(box) for box in boxes[::11]]
    for _, x in scales:
        print(path.name, list(x.shape), "mean", round(x.mean().item(), 3), "spread", round(x.std().item(), 3))
    return described


def check_with_darknet(path, library, side):
    text = re.sub(r"(?m)^(width|height)=.*$", rf"\1={side}", path.read_text())
    text = re.sub(r"(?m)^(batch|subdivisions)=.*$", r"\1=1", text)
    net = Net(text)
    with torch.no_grad():
        last = net.run(pattern(side, side))[-1][1][0]
    with tempfile.TemporaryDirectory() as folder:
        cfg, weights = pathlib.Path(folder, "net.cfg"), pathlib.Path(folder, "net.weights")
        cfg.write_text(text)
        weights.write_bytes(b"".join(net.file))
        darknet = ctypes.CDLL(library)
        darknet.load_network.restype = ctypes.c_void_p
        darknet.load_network.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]
        darknet.network_predict.restype = ctypes.POINTER(ctypes.c_float)
        darknet.network_predict.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_float)]
        network = darknet.load_network(str(cfg).encode(), str(weights).encode(), 0)
        image = np.ascontiguousarray(pattern(side, side).numpy().ravel())
        answer = darknet.network_predict(network, image.ctypes.data_as(ctypes.POINTER(ctypes.c_float)))
        theirs = torch.from_numpy(np.ctypeslib.as_array(answer, (last.numel(),)).copy())
    ours = last.view(3, 85, -1).clone()
    # Darknet's [yolo] layer has already put all but width and height through a sigmoid.
    ours[:, :2], ours[:, 4:] = ours[:, :2].sigmoid(), ours[:, 4:].sigmoid()
    print(path.name, "differs from darknet's by at most", (ours.flatten() - theirs).abs().max().item())


def main():
    reference = {"torch": torch.__version__, "small": describe(HERE / "darknet/small.cfg", 32, 64, 13, True)}
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/darknet/cfg")
    for name, every in (("yolov3-tiny", 67), ("yolov3", 131)):
        reference[name] = describe(folder / f"{name}.cfg", 64, 96, every, False)
        if len(sys.argv) > 2:
            check_with_darknet(folder / f"{name}.cfg", sys.argv[2], 96)
    text = re.sub(r"\s*\n\s+(?=[-\d\]])", " ", json.dumps(reference, indent=1))
    (HERE / "yolo.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
