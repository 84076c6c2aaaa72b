#!/usr/bin/python3
"""Writes the files of tests/Reference/weights: small state dicts in every format that DeepCourse reads.

Made with PyTorch 1.13.1 (Debian's python3-torch), seed 20. Run it in this folder with /usr/bin/python3.
safetensors files are written by hand from the format's public description, so that our reader is not tested with our
writer.
"""
import collections
import json
import os
import pickle
import struct

import torch

torch.manual_seed(20)
os.makedirs("weights", exist_ok=True)
os.chdir("weights")

values = {
    "f32": torch.randn(3, 4),
    "f64": torch.randn(2, 2, dtype=torch.float64),
    "f16": torch.randn(5).half(),
    "bf16": torch.randn(5).bfloat16(),
    "i64": torch.tensor([1, -2, 2**40]),
    "i32": torch.tensor([[7, -7]], dtype=torch.int32),
    "i16": torch.tensor([-300], dtype=torch.int16),
    "i8": torch.tensor([-100, 100], dtype=torch.int8),
    "u8": torch.tensor([0, 255], dtype=torch.uint8),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(3.5),
    "empty": torch.zeros(0, 4),
}
base = torch.arange(12, dtype=torch.float32)
values["transposed"] = base.view(3, 4).t()
values["every_other"] = base[1::2]
values["tied"] = base

expected = {
    key: {
        "dtype": str(value.dtype).replace("torch.", ""),
        "shape": list(value.shape),
        "values": value.double().reshape(-1).tolist(),
    }
    for key, value in values.items()
}
with open("expected.json", "w") as file:
    json.dump({"torch": torch.__version__, "seed": 20, "tensors": expected}, file, indent=1)

state = collections.OrderedDict(values)
torch.save(state, "zip.pth")
torch.save(state, "legacy.pth", _use_new_zipfile_serialization=False)
torch.save(state, "protocol4.pth", pickle_protocol=4)


def network():
    return torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 2, bias=False))


net = network()
optimizer = torch.optim.Adam(net.parameters())
net(torch.randn(8, 3)).sum().backward()
optimizer.step()
with open("network.json", "w") as file:
    json.dump({key: value.double().reshape(-1).tolist() for key, value in net.state_dict().items()}, file, indent=1)
torch.save(net.state_dict(), "network.pth")
torch.save(net.state_dict(), "network_legacy.pth", _use_new_zipfile_serialization=False)
# fastai's Learner.save and common training scripts.
torch.save({"model": net.state_dict(), "opt": optimizer.state_dict()}, "network_fastai.pth")
torch.save({"epoch": 3, "arch": "net", "state_dict": torch.nn.DataParallel(net).state_dict(), "best": 0.5,
            "optimizer": optimizer.state_dict()}, "network_parallel.pth")
torch.save({"model": net.state_dict(), "opt": optimizer.state_dict()}, "network_fastai_legacy.pth",
           _use_new_zipfile_serialization=False)
torch.save(dict(net.named_parameters()), "network_parameters.pth")
torch.save(net, "whole_model.pth")


class Malicious:
    def __reduce__(self):
        return os.system, ("touch /tmp/deepcourse-pickle-ran",)


torch.save({"weight": torch.zeros(1), "x": Malicious()}, "malicious.pth")
torch.save({"weight": torch.zeros(1), "x": Malicious()}, "malicious_legacy.pth", _use_new_zipfile_serialization=False)
with open("malicious.pkl", "wb") as file:
    pickle.dump(Malicious(), file, protocol=2)

names = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
         torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL"}
header, body = {"__metadata__": {"format": "pt"}}, b""
for key, value in values.items():
    raw = value.contiguous().reshape(-1)
    raw = raw.view(torch.int16).numpy().tobytes() if value.dtype == torch.bfloat16 else raw.numpy().tobytes()
    header[key] = {"dtype": names[value.dtype], "shape": list(value.shape), "data_offsets": [len(body), len(body) + len(raw)]}
    body += raw
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open("all_types.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + body)
