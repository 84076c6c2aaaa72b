"""Writes optimizers.json: ten steps of every optimizer and twenty rates of every schedule, by PyTorch.

Run with the distribution's PyTorch: /usr/bin/python3 tests/Reference/make_optimizers.py
The objective of a parameter p is sum(sin(a * p)) + sum(c * p * p), for constant a and c of p's shape.
"""
import json
import pathlib

import torch

SEED = 20260
OPTIMIZERS = {
    "SGD": ("SGD", dict(lr=0.1)),
    "SGD momentum": ("SGD", dict(lr=0.05, momentum=0.9)),
    "SGD dampening decay": ("SGD", dict(lr=0.05, momentum=0.9, dampening=0.3, weight_decay=0.02)),
    "SGD nesterov": ("SGD", dict(lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)),
    "SGD maximize": ("SGD", dict(lr=0.05, momentum=0.5, maximize=True)),
    "Adam": ("Adam", dict(lr=0.05)),
    "Adam decay amsgrad": ("Adam", dict(lr=0.05, betas=(0.8, 0.95), weight_decay=0.1, amsgrad=True)),
    "Adam maximize": ("Adam", dict(lr=0.05, maximize=True)),
    "AdamW": ("AdamW", dict(lr=0.05, weight_decay=0.1)),
    "AdamW no decay": ("AdamW", dict(lr=0.05, weight_decay=0.0)),
    "AdamW amsgrad": ("AdamW", dict(lr=0.05, weight_decay=0.1, amsgrad=True, eps=1e-6)),
    "RMSProp": ("RMSprop", dict(lr=0.01)),
    "RMSProp momentum": ("RMSprop", dict(lr=0.01, momentum=0.9, weight_decay=0.1)),
    "RMSProp centered": ("RMSprop", dict(lr=0.01, centered=True)),
    "RMSProp centered momentum": ("RMSprop", dict(lr=0.01, centered=True, momentum=0.5, alpha=0.9)),
    "Adagrad": ("Adagrad", dict(lr=0.1, lr_decay=0.05, weight_decay=0.1, initial_accumulator_value=0.1)),
    "Adadelta": ("Adadelta", dict(lr=1.0, rho=0.8, weight_decay=0.1)),
    "Adamax": ("Adamax", dict(lr=0.02, weight_decay=0.1)),
    "NAdam": ("NAdam", dict(lr=0.02, weight_decay=0.1)),
    "RAdam": ("RAdam", dict(lr=0.02, weight_decay=0.1)),
    "ASGD": ("ASGD", dict(lr=0.05, lambd=0.01, t0=3, weight_decay=0.1)),
    "Rprop": ("Rprop", dict(lr=0.01)),
    "LBFGS": ("LBFGS", dict(lr=0.5, max_iter=4, history_size=3)),
}


class FixedNAdam(torch.optim.Optimizer):
    """NAdam as Dozat wrote it and PyTorch 2 computes it; 1.13 multiplies the momentum product by mu twice."""

    def __init__(self, parameters, lr, weight_decay, betas=(0.9, 0.999), eps=1e-8, momentum_decay=4e-3):
        super().__init__(parameters, dict(lr=lr, weight_decay=weight_decay))
        self.constants = betas, eps, momentum_decay

    @torch.no_grad()
    def step(self):
        (beta1, beta2), eps, momentum_decay = self.constants
        for group in self.param_groups:
            for p in group["params"]:
                s = self.state[p]
                if not s:
                    s.update(step=0, product=1.0, first=torch.zeros_like(p), second=torch.zeros_like(p))
                s["step"] += 1
                grad = p.grad.add(p, alpha=group["weight_decay"])
                mu = beta1 * (1 - 0.5 * 0.96 ** (s["step"] * momentum_decay))
                mu_next = beta1 * (1 - 0.5 * 0.96 ** ((s["step"] + 1) * momentum_decay))
                s["product"] *= mu
                s["first"].mul_(beta1).add_(grad, alpha=1 - beta1)
                s["second"].mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
                denominator = s["second"].div(1 - beta2 ** s["step"]).sqrt().add_(eps)
                p.addcdiv_(grad, denominator, value=-group["lr"] * (1 - mu) / (1 - s["product"]))
                p.addcdiv_(s["first"], denominator, value=-group["lr"] * mu_next / (1 - s["product"] * mu_next))


def make_parameters(dtype):
    generator = torch.Generator().manual_seed(SEED)
    shapes = [(3, 5), (7,)]
    draw = lambda shape: torch.randn(shape, generator=generator, dtype=torch.float64).to(dtype)
    return [(draw(s).requires_grad_(), draw(s), draw(s).abs() * 0.3 + 0.1) for s in shapes]


def objective(parameters):
    return sum((a * p).sin().sum() + (c * p * p).sum() for p, a, c in parameters)


def numbers(tensor):
    return [float(x) for x in tensor.detach().double().flatten()]


def run(name, options, dtype):
    parameters = make_parameters(dtype)
    kind = FixedNAdam if name == "NAdam" else getattr(torch.optim, name)
    optimizer = kind([p for p, _, _ in parameters], **options)
    path = {}

    def closure():
        optimizer.zero_grad()
        loss = objective(parameters)
        loss.backward()
        return loss

    for step in range(1, 11):
        if name == "LBFGS":
            optimizer.step(closure)
        else:
            closure()
            optimizer.step()
        if step in (1, 2, 10):
            path[str(step)] = [numbers(p) for p, _, _ in parameters]
    return path


def schedules():
    s = torch.optim.lr_scheduler
    makers = {
        "StepLR": lambda o: s.StepLR(o, 3, 0.5),
        "MultiStepLR": lambda o: s.MultiStepLR(o, [4, 4, 9], 0.3),
        "ExponentialLR": lambda o: s.ExponentialLR(o, 0.9),
        "CosineAnnealingLR": lambda o: s.CosineAnnealingLR(o, 7, 0.01),
        "LambdaLR": lambda o: s.LambdaLR(o, lambda epoch: 0.95 ** epoch),
        "MultiplicativeLR": lambda o: s.MultiplicativeLR(o, lambda epoch: 0.9 if epoch % 2 else 1.05),
        "LinearLR": lambda o: s.LinearLR(o, 0.25, 0.9, 6),
        "ConstantLR": lambda o: s.ConstantLR(o, 0.25, 4),
        "PolynomialLR": lambda o: s.PolynomialLR(o, 8, 2.0),
        "OneCycleLR": lambda o: s.OneCycleLR(o, 0.5, total_steps=21),
        "OneCycleLR linear three": lambda o: s.OneCycleLR(
            o, 0.5, epochs=3, steps_per_epoch=7, anneal_strategy="linear", three_phase=True, div_factor=10),
        "CyclicLR": lambda o: s.CyclicLR(o, 0.01, 0.2, step_size_up=3, step_size_down=5),
        "CyclicLR triangular2": lambda o: s.CyclicLR(o, 0.01, 0.2, step_size_up=4, mode="triangular2"),
        "CyclicLR exp_range": lambda o: s.CyclicLR(o, 0.01, 0.2, step_size_up=4, mode="exp_range", gamma=0.97),
        "SequentialLR": lambda o: s.SequentialLR(
            o, [s.ConstantLR(o, 0.1, 2), s.ExponentialLR(o, 0.9)], [5]),
        "ChainedLR": lambda o: s.ChainedScheduler([s.ConstantLR(o, 0.1, 2), s.ExponentialLR(o, 0.9)]),
    }
    result = {}
    for name, make in makers.items():
        parameter = torch.nn.Parameter(torch.zeros(1))
        optimizer = torch.optim.SGD([parameter], lr=0.1, momentum=0.9)
        schedule = make(optimizer)
        rates, momenta = [], []
        for _ in range(20):
            rates.append(optimizer.param_groups[0]["lr"])
            momenta.append(optimizer.param_groups[0]["momentum"])
            optimizer.step()
            schedule.step()
        result[name] = dict(rates=rates, momenta=momenta)
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=0.1)
    schedule = s.ReduceLROnPlateau(optimizer, factor=0.5, patience=2, cooldown=1, threshold=0.01)
    losses = [1.0, 0.9, 0.899, 0.898, 0.897, 0.896, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.4, 0.41, 0.4, 0.4, 0.4, 0.4]
    rates = []
    for loss in losses:
        rates.append(optimizer.param_groups[0]["lr"])
        schedule.step(loss)
    result["ReduceLROnPlateau"] = dict(rates=rates, losses=losses)
    return result


def main():
    torch.set_num_threads(1)
    inputs = [dict(shape=list(p.shape), start=numbers(p), a=numbers(a), c=numbers(c))
              for p, a, c in make_parameters(torch.float64)]
    cases = {name: dict(float64=run(kind, options, torch.float64), float32=run(kind, options, torch.float32))
             for name, (kind, options) in OPTIMIZERS.items()}
    generator = torch.manual_seed(42)
    random = dict(seed=42, uniform=numbers(torch.rand(8)), normal=numbers(torch.randn(20)),
                  integers=torch.randint(0, 1000, (8,)).tolist(), permutation=torch.randperm(12).tolist())
    document = dict(torch=torch.__version__, seed=SEED, parameters=inputs, optimizers=cases, schedules=schedules(), random=random)
    path = pathlib.Path(__file__).with_name("optimizers.json")
    path.write_text(json.dumps(document, indent=None, separators=(",", ":")) + "\n")


main()
