"""Writes layers.json: what PyTorch's layers, losses and initial values give for small fixed inputs.

Run with a Python that has torch; the version is written into the file. Every tensor is drawn from seed 1.
"""
import json
import pathlib

import torch
from torch import nn
from torch.nn.utils import rnn

torch.manual_seed(1)
torch.set_num_threads(1)


def numbers(tensor):
    tensor = tensor.detach()
    kind = {torch.float32: "float", torch.int64: "long", torch.bool: "bool"}[tensor.dtype]
    return {"kind": kind, "shape": list(tensor.shape), "data": [float(f"{v:.9g}") for v in tensor.reshape(-1).tolist()]}


def state_of(module):
    return {name: numbers(value) for name, value in module.state_dict().items()}


def weighed(outputs):
    """A loss that gives every output element a gradient of its own."""
    return sum((o * torch.linspace(-1, 1, o.numel()).view(o.shape)).sum() for o in outputs if o is not None)


def flat(result):
    if isinstance(result, (tuple, list)):
        return [piece for part in result for piece in flat(part)]
    return [] if result is None else [result.data if isinstance(result, rnn.PackedSequence) else result]


cases = []


def case(name, module, *inputs, run=None, train=True):
    module.train(train)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.5)
    before = state_of(module)
    inputs = [i.clone().requires_grad_(i.is_floating_point()) for i in inputs]
    outputs = flat((run or module)(*inputs))
    weighed(outputs).backward()
    cases.append({
        "name": name, "train": train, "state": before, "inputs": [numbers(i) for i in inputs],
        "outputs": [numbers(o) for o in outputs],
        "inputGradients": [None if i.grad is None else numbers(i.grad) for i in inputs],
        "gradients": {n: numbers(p.grad) for n, p in module.named_parameters() if p.grad is not None},
        "stateAfter": state_of(module)})


x = torch.randn
case("Linear", nn.Linear(4, 3), x(2, 4))
case("Linear without bias", nn.Linear(4, 3, bias=False), x(2, 5, 4))
case("Bilinear", nn.Bilinear(3, 4, 2), x(5, 3), x(5, 4))
case("Conv1d", nn.Conv1d(2, 4, 3, stride=2, padding=1, groups=2), x(2, 2, 7))
case("Conv2d", nn.Conv2d(3, 4, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2)), x(2, 3, 6, 5))
case("Conv2d same", nn.Conv2d(2, 3, 4, padding="same", bias=False), x(1, 2, 5, 5))
case("Conv2d reflect", nn.Conv2d(2, 3, 3, padding=1, padding_mode="reflect"), x(1, 2, 4, 5))
case("Conv2d circular same", nn.Conv2d(2, 3, 4, padding="same", padding_mode="circular"), x(1, 2, 5, 5))
case("Conv2d unbatched", nn.Conv2d(2, 3, 3), x(2, 4, 4))
case("Conv3d", nn.Conv3d(2, 3, 2, padding=1), x(1, 2, 3, 3, 3))
case("ConvTranspose1d", nn.ConvTranspose1d(2, 3, 3, stride=2, padding=1, output_padding=1), x(2, 2, 4))
case("ConvTranspose2d", nn.ConvTranspose2d(2, 4, 3, stride=2, padding=1, groups=2), x(1, 2, 3, 4))
up = nn.ConvTranspose2d(2, 3, 3, stride=2)
case("ConvTranspose2d sized", up, x(1, 2, 3, 3), run=lambda i: up(i, output_size=[8, 7]))
case("ConvTranspose3d", nn.ConvTranspose3d(2, 3, 2), x(1, 2, 2, 2, 2))
case("BatchNorm1d", nn.BatchNorm1d(3), x(4, 3) + 2)
case("BatchNorm1d sequence", nn.BatchNorm1d(3, momentum=0.3), x(4, 3, 5))
case("BatchNorm2d", nn.BatchNorm2d(3), x(2, 3, 3, 4) * 2)
case("BatchNorm2d evaluation", nn.BatchNorm2d(3), x(2, 3, 3, 4), train=False)
case("BatchNorm2d untracked", nn.BatchNorm2d(3, track_running_stats=False), x(2, 3, 3, 4), train=False)
case("BatchNorm2d plain", nn.BatchNorm2d(3, affine=False, eps=0.01), x(2, 3, 3, 4))
case("BatchNorm3d", nn.BatchNorm3d(2), x(2, 2, 2, 3, 2))
case("InstanceNorm1d", nn.InstanceNorm1d(3), x(2, 3, 5))
case("InstanceNorm2d", nn.InstanceNorm2d(3, affine=True, track_running_stats=True), x(2, 3, 4, 4))
case("InstanceNorm2d unbatched", nn.InstanceNorm2d(3, affine=True), x(3, 4, 4))
case("InstanceNorm3d", nn.InstanceNorm3d(2), x(2, 2, 2, 3, 2))
case("GroupNorm", nn.GroupNorm(2, 4), x(2, 4, 3, 3))
case("LayerNorm", nn.LayerNorm(5), x(2, 3, 5))
case("LayerNorm shape", nn.LayerNorm([3, 4], eps=0.01), x(2, 3, 4))
case("LocalResponseNorm", nn.LocalResponseNorm(3, alpha=0.1), x(2, 5, 3, 3))
case("PReLU", nn.PReLU(3), x(2, 3, 4))
for name, layer in {
        "ReLU": nn.ReLU(), "ReLU6": nn.ReLU6(), "LeakyReLU": nn.LeakyReLU(0.1), "ELU": nn.ELU(0.7), "CELU": nn.CELU(0.7),
        "SELU": nn.SELU(), "GELU": nn.GELU(), "GELU tanh": nn.GELU("tanh"), "SiLU": nn.SiLU(), "Mish": nn.Mish(),
        "Sigmoid": nn.Sigmoid(), "Tanh": nn.Tanh(), "Tanhshrink": nn.Tanhshrink(), "Softsign": nn.Softsign(),
        "Softplus": nn.Softplus(2, 1.5), "LogSigmoid": nn.LogSigmoid(), "Hardshrink": nn.Hardshrink(0.4),
        "Softshrink": nn.Softshrink(0.4), "Hardsigmoid": nn.Hardsigmoid(), "Hardswish": nn.Hardswish(),
        "Hardtanh": nn.Hardtanh(-0.5, 0.8), "Threshold": nn.Threshold(0.1, 0.3), "Softmax": nn.Softmax(1),
        "Softmin": nn.Softmin(1), "LogSoftmax": nn.LogSoftmax(1), "GLU": nn.GLU(1)}.items():
    case(name, layer, x(3, 4) * 2)
case("Softmax2d", nn.Softmax2d(), x(2, 3, 2, 2))
case("RReLU evaluation", nn.RReLU(), x(3, 4), train=False)
image = x(2, 2, 6, 6)
case("MaxPool1d", nn.MaxPool1d(3, 2, 1), x(2, 2, 7))
case("MaxPool2d", nn.MaxPool2d(2), image)
case("MaxPool2d ceil", nn.MaxPool2d((3, 2), (2, 2), (1, 0), ceil_mode=True), image)
case("MaxPool3d", nn.MaxPool3d(2), x(1, 2, 4, 4, 4))
case("AvgPool1d", nn.AvgPool1d(3, 2, 1), x(2, 2, 7))
case("AvgPool2d", nn.AvgPool2d(3, 2, 1, count_include_pad=False), image)
case("AvgPool3d", nn.AvgPool3d(2), x(1, 2, 4, 4, 4))
case("AdaptiveAvgPool1d", nn.AdaptiveAvgPool1d(3), x(2, 2, 7))
case("AdaptiveAvgPool2d", nn.AdaptiveAvgPool2d((2, 3)), image)
case("AdaptiveAvgPool3d", nn.AdaptiveAvgPool3d(2), x(1, 2, 3, 4, 5))
case("AdaptiveMaxPool1d", nn.AdaptiveMaxPool1d(3), x(2, 2, 7))
case("AdaptiveMaxPool2d", nn.AdaptiveMaxPool2d((2, 3)), image)
case("AdaptiveMaxPool3d", nn.AdaptiveMaxPool3d((2, 2, 2)), x(1, 2, 3, 4, 5))
case("LPPool1d", nn.LPPool1d(2, 3, 2), x(2, 2, 7))
case("LPPool2d", nn.LPPool2d(2, 2), image)
pooled, found = nn.MaxPool2d(2, return_indices=True)(image)
case("MaxUnpool2d", nn.MaxUnpool2d(2), pooled, found)
case("Upsample nearest", nn.Upsample(scale_factor=2), x(1, 2, 2, 3))
case("Upsample bilinear", nn.Upsample(size=(5, 4), mode="bilinear", align_corners=True), x(1, 2, 2, 3))
case("PixelShuffle", nn.PixelShuffle(2), x(1, 8, 2, 3))
case("PixelUnshuffle", nn.PixelUnshuffle(2), x(1, 2, 4, 6))
case("Flatten", nn.Flatten(), x(2, 3, 4))
case("Unflatten", nn.Unflatten(1, (2, 3)), x(2, 6))
case("Fold", nn.Fold((4, 5), 2), x(1, 8, 12))
case("Unfold", nn.Unfold(2, padding=1), x(1, 2, 3, 4))
case("ZeroPad2d", nn.ZeroPad2d((1, 0, 2, 1)), x(1, 2, 2, 3))
case("ConstantPad1d", nn.ConstantPad1d(2, 0.5), x(1, 2, 3))
case("ReflectionPad2d", nn.ReflectionPad2d((1, 2, 1, 0)), x(1, 2, 3, 4))
case("ReplicationPad3d", nn.ReplicationPad3d(1), x(1, 1, 2, 2, 2))
case("CosineSimilarity", nn.CosineSimilarity(1), x(3, 4), x(3, 4))
case("PairwiseDistance", nn.PairwiseDistance(3, keepdim=True), x(3, 4), x(3, 4))
words = torch.tensor([[1, 0, 4], [2, 2, 3]])
case("Embedding", nn.Embedding(5, 3, padding_idx=0), words)
bag = nn.EmbeddingBag(5, 3, mode="sum")
case("EmbeddingBag", bag, words)
case("EmbeddingBag offsets", nn.EmbeddingBag(5, 3), torch.tensor([1, 2, 4, 4]), torch.tensor([0, 1]))

sequence = x(4, 3, 5)
case("LSTM", nn.LSTM(5, 4, 2), sequence)
case("LSTM bidirectional", nn.LSTM(5, 4, 2, bidirectional=True, batch_first=True), sequence)
lstm = nn.LSTM(5, 4)
case("LSTM state", lstm, sequence, x(1, 3, 4), x(1, 3, 4), run=lambda i, h, c: lstm(i, (h, c)))
case("GRU", nn.GRU(5, 4, 2, bidirectional=True), sequence)
case("RNN tanh", nn.RNN(5, 4, 2), sequence)
case("RNN relu", nn.RNN(5, 4, nonlinearity="relu", bias=False), sequence)
lengths = torch.tensor([2, 4, 3])


def packed(recurrent):
    def run(i, counts):
        packing = rnn.pack_padded_sequence(i, counts, enforce_sorted=False)
        result, last = recurrent(packing)
        return [rnn.pad_packed_sequence(result)[0], last]
    return run


layer = nn.LSTM(5, 4, 2, bidirectional=True)
case("LSTM packed", layer, sequence, lengths, run=packed(layer))
layer = nn.GRU(5, 4)
case("GRU packed", layer, sequence, lengths, run=packed(layer))
layer = nn.RNN(5, 4)
case("RNN packed", layer, sequence, lengths, run=packed(layer))
case("LSTMCell", nn.LSTMCell(5, 4), x(3, 5))
case("GRUCell", nn.GRUCell(5, 4), x(3, 5))
case("RNNCell", nn.RNNCell(5, 4), x(3, 5))

mask = torch.triu(torch.full((3, 3), float("-inf")), 1)
padding = torch.tensor([[False, False, True], [False, False, False]])
attention = nn.MultiheadAttention(4, 2)
case("MultiheadAttention", attention, x(3, 2, 4), x(5, 2, 4), x(5, 2, 4))
masked = nn.MultiheadAttention(4, 2)
case("MultiheadAttention masked", masked, x(3, 2, 4), run=lambda q: masked(q, q, q, padding, True, mask))
wide = nn.MultiheadAttention(4, 2, add_bias_kv=True, add_zero_attn=True, kdim=3, vdim=6)
case("MultiheadAttention wide", wide, x(3, 2, 4), x(5, 2, 3), x(5, 2, 6))
encoder_layer = nn.TransformerEncoderLayer(4, 2, 6, 0.0)
case("TransformerEncoderLayer", encoder_layer, x(3, 2, 4), run=lambda s: encoder_layer(s, mask, padding))
encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6, 0.0, "gelu"), 2)
case("TransformerEncoder", encoder, x(3, 2, 4))
case("TransformerDecoderLayer", nn.TransformerDecoderLayer(4, 2, 6, 0.0), x(3, 2, 4), x(5, 2, 4))
transformer = nn.Transformer(4, 2, 1, 2, 6, 0.0)
case("Transformer", transformer, x(3, 2, 4), x(3, 2, 4), run=lambda s, t: transformer(s, t, tgt_mask=mask))

logits, classes = x(4, 3), torch.tensor([0, 2, 1, 2])
one, two = x(4, 3), x(4, 3)
signs = torch.tensor([1.0, -1.0, 1.0, -1.0])
weights = torch.tensor([0.5, 1.0, 2.0])
for name, loss, arguments in [
        ("L1Loss", nn.L1Loss(), (one, two)), ("MSELoss", nn.MSELoss(reduction="sum"), (one, two)),
        ("SmoothL1Loss", nn.SmoothL1Loss(beta=0.5), (one, two)), ("HuberLoss", nn.HuberLoss(delta=0.5), (one, two)),
        ("PoissonNLLLoss", nn.PoissonNLLLoss(full=True), (one, two.abs() * 3)),
        ("GaussianNLLLoss", nn.GaussianNLLLoss(full=True), (one, two, one.detach().abs() + 0.1)),
        ("KLDivLoss", nn.KLDivLoss(reduction="sum", log_target=True),
         (one.log_softmax(1), two.log_softmax(1))),
        ("CrossEntropyLoss", nn.CrossEntropyLoss(), (logits, classes)),
        ("CrossEntropyLoss weighted", nn.CrossEntropyLoss(weights, ignore_index=1, label_smoothing=0.1), (logits, classes)),
        ("NLLLoss", nn.NLLLoss(weights), (logits.log_softmax(1), classes)),
        ("BCELoss", nn.BCELoss(), (one.sigmoid(), two.sigmoid())),
        ("BCEWithLogitsLoss", nn.BCEWithLogitsLoss(pos_weight=weights), (one, two.sigmoid())),
        ("SoftMarginLoss", nn.SoftMarginLoss(), (one[:, 0], signs)),
        ("MultiLabelMarginLoss", nn.MultiLabelMarginLoss(), (one, torch.tensor([[0, -1, 1], [2, 0, -1], [1, -1, 0], [-1, 0, 0]]))),
        ("MultiLabelSoftMarginLoss", nn.MultiLabelSoftMarginLoss(), (one, (two > 0).float())),
        ("MultiMarginLoss", nn.MultiMarginLoss(margin=0.7), (logits, classes)),
        ("HingeEmbeddingLoss", nn.HingeEmbeddingLoss(1.0), (one[:, 0], signs)),
        ("CosineEmbeddingLoss", nn.CosineEmbeddingLoss(0.1), (one, two, signs)),
        ("MarginRankingLoss", nn.MarginRankingLoss(0.3), (one[:, 0], two[:, 0], signs)),
        ("TripletMarginLoss", nn.TripletMarginLoss(swap=True), (one, two, x(4, 3))),
        ("TripletMarginWithDistanceLoss", nn.TripletMarginWithDistanceLoss(margin=0.5), (one, two, x(4, 3))),
        ("CTCLoss", nn.CTCLoss(), (x(6, 2, 4).log_softmax(2), torch.tensor([[1, 2], [3, 1]]),
                                   torch.tensor([6, 5]), torch.tensor([2, 1])))]:
    def call(*given, loss=loss):
        return loss(*given)
    learned = 3 if name.startswith("Triplet") else 2 if name in ("CosineEmbeddingLoss", "MarginRankingLoss") else 1
    parts = [a.detach().clone().requires_grad_(i < learned) for i, a in enumerate(arguments)]
    value = call(*parts)
    value.backward()
    cases.append({
        "name": name, "train": True, "state": {}, "inputs": [numbers(p) for p in parts], "outputs": [],
        "loss": numbers(value), "inputGradients": [None if p.grad is None else numbers(p.grad) for p in parts],
        "gradients": {}, "stateAfter": {}})

starts = {}
for name, make in {
        "Linear": lambda: nn.Linear(5, 3), "Bilinear": lambda: nn.Bilinear(3, 4, 2), "Conv1d": lambda: nn.Conv1d(2, 3, 3),
        "Conv2d": lambda: nn.Conv2d(3, 4, 3, groups=1), "Conv3d": lambda: nn.Conv3d(2, 2, 2),
        "ConvTranspose2d": lambda: nn.ConvTranspose2d(3, 4, 2), "Embedding": lambda: nn.Embedding(6, 3, padding_idx=1),
        "EmbeddingBag": lambda: nn.EmbeddingBag(6, 3), "LSTM": lambda: nn.LSTM(3, 4, 2, bidirectional=True),
        "GRU": lambda: nn.GRU(3, 4), "RNN": lambda: nn.RNN(3, 4, 2), "LSTMCell": lambda: nn.LSTMCell(3, 4),
        "MultiheadAttention": lambda: nn.MultiheadAttention(4, 2)}.items():
    torch.manual_seed(7)
    starts[name] = state_of(make())

values = {}
for name, fill in {
        "uniform_": lambda t: nn.init.uniform_(t, -2, 3), "normal_": lambda t: nn.init.normal_(t, 1, 2),
        "trunc_normal_": lambda t: nn.init.trunc_normal_(t, 0.1, 0.5, -0.6, 0.7),
        "xavier_uniform_": nn.init.xavier_uniform_, "xavier_normal_": lambda t: nn.init.xavier_normal_(t, 2),
        "kaiming_uniform_": lambda t: nn.init.kaiming_uniform_(t, 0.2),
        "kaiming_normal_": lambda t: nn.init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"),
        "orthogonal_": nn.init.orthogonal_, "eye_": nn.init.eye_, "sparse_": lambda t: nn.init.sparse_(t, 0.3)}.items():
    torch.manual_seed(7)
    values[name] = numbers(fill(torch.empty(4, 6)))
torch.manual_seed(7)
values["dirac_"] = numbers(nn.init.dirac_(torch.empty(3, 2, 3, 2)))

target = pathlib.Path(__file__).with_name("layers.json")
document = {"torch": torch.__version__, "seed": 1, "cases": cases, "initialStates": starts, "initialValues": values}
text = json.dumps(document, separators=(",", ":"))
target.write_text(text.replace('{"name"', '\n{"name"') + "\n")
print(len(cases), "cases,", target.stat().st_size, "bytes")
