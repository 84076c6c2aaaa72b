"""Writes ops.json: what PyTorch answers to a few hundred calls, for the binding's OperatorReferenceTests.

Made with torch 1.13.1 (CPU), seed 7:  /usr/bin/python3 make_ops.py
A case is [member, arguments, results, seeded]: "$a" names a tensor of the pool, other strings are enumerations' names.
"""
import json, math, os
import torch
import torch.nn.functional as F

torch.manual_seed(7)
pool, cases = {}, []


def encode(value):
    if isinstance(value, torch.Tensor):
        flat = torch.view_as_real(value.resolve_conj()) if value.is_complex() else value
        numbers = flat.detach().double().flatten().tolist()
        if not (value.is_floating_point() or value.is_complex()):
            numbers = [int(n) for n in numbers]
        else:
            digits = 16 if value.dtype == torch.float64 else 8
            numbers = [float(f"{n:.{digits}g}") if math.isfinite(n) else str(n) for n in numbers]
        return [str(value.dtype)[6:], list(value.shape), numbers]
    return value


def put(name, tensor):
    pool[name] = tensor
    return tensor


def resolve(arg):
    if isinstance(arg, str) and arg.startswith("$"):
        return pool[arg[1:]].clone()
    if isinstance(arg, list):
        return [resolve(a) for a in arg]
    return arg


def case(member, args, answer=None, seeded=False):
    values = [resolve(a) for a in args]
    if seeded:
        torch.manual_seed(11)
    if answer is None:
        owner, name = member.split(".")
        holder = {"torch": torch, "Tensor": torch.Tensor, "functional": F, "special": torch.special,
                  "linalg": torch.linalg, "fft": torch.fft}[owner]
        answer = getattr(holder, name)
    result = answer(*values)
    if not isinstance(result, (tuple, list)):
        result = [result]
    cases.append([member, args, [encode(r) for r in result]] + ([True] if seeded else []))


put("a", torch.randn(2, 3))
put("b", torch.randn(2, 3))
put("c", torch.randn(3, 2))
put("row", torch.randn(3))
put("row2", torch.randn(3))
put("p", torch.rand(2, 3) * 0.9 + 0.05)
put("i", torch.randint(1, 9, (2, 3)))
put("j", torch.randint(1, 5, (2, 3)))
put("m", torch.tensor([[True, False, True], [False, False, True]]))
put("n", torch.tensor([[True, True, False], [False, True, True]]))
put("sq", torch.randn(3, 3))
put("spd", pool["sq"] @ pool["sq"].T + 3 * torch.eye(3))
put("bat", torch.randn(2, 3, 4))
put("bat2", torch.randn(2, 4, 2))
put("bat3", torch.randn(2, 3, 2))
put("idx", torch.tensor([0, 2, 1]))
put("idx2", torch.tensor([[0, 1, 0], [1, 0, 1]]))
put("cnt", torch.tensor([0, 1, 1, 3, 2, 1, 1]))
put("img", torch.randn(2, 3, 6, 6))
put("img4", torch.randn(1, 4, 4, 6))
put("seq", torch.randn(2, 3, 8))
put("vol", torch.randn(1, 2, 4, 4, 4))
put("w1", torch.randn(4, 3, 3)); put("w2", torch.randn(4, 3, 3, 3)); put("w3", torch.randn(3, 2, 2, 2, 2))
put("wt1", torch.randn(3, 4, 3)); put("wt2", torch.randn(3, 4, 3, 3)); put("wt3", torch.randn(2, 3, 2, 2, 2))
put("bias4", torch.randn(4)); put("bias3", torch.randn(3))
put("mean3", torch.randn(3)); put("var3", torch.rand(3) + 0.5)
put("logits", torch.randn(4, 5)); put("labels", torch.tensor([1, 0, 4, 2])); put("targets", torch.rand(4, 5))
put("cw", torch.rand(5) + 0.5)
put("sign", torch.tensor([1., -1., 1., -1.]))
put("v4", torch.randn(4)); put("u4", torch.randn(4))
put("e1", torch.randn(4, 6)); put("e2", torch.randn(4, 6)); put("e3", torch.randn(4, 6))
put("grid", torch.rand(2, 5, 5, 2) * 2.4 - 1.2)
put("theta", torch.randn(2, 2, 3))
put("q", torch.randn(2, 2, 5, 4)); put("k", torch.randn(2, 2, 6, 4)); put("val", torch.randn(2, 2, 6, 4))
put("amask", torch.randn(5, 6)); put("bmask", torch.rand(5, 6) > 0.3)
put("k5", torch.randn(2, 2, 5, 4)); put("v5", torch.randn(2, 2, 5, 4))
put("z", torch.complex(torch.randn(2, 3), torch.randn(2, 3)))
put("holes", torch.tensor([[1., float("nan"), 3.], [float("inf"), -1., float("-inf")]]))
put("sorted", torch.tensor([1., 3., 5., 7.])); put("find", torch.tensor([0., 3., 4., 9.]))
put("d", torch.randn(2, 3, dtype=torch.float64))
put("dq", torch.tensor([0.25, 0.5], dtype=torch.float64)); put("v2", torch.randn(2)); put("v16", torch.randn(16))
put("pt", torch.rand(2, 3)); put("wb", torch.randn(2, 6, 6))
put("multi", torch.tensor([[3, 0, -1, 1, 2], [1, 2, 4, -1, 0], [0, -1, 2, 3, 1], [4, 3, 2, 1, 0]]))

# ---- one tensor in, one out
for name in """abs acos asin atan ceil cos cosh deg2rad digamma erf erfc erfinv exp exp2 expm1 floor frac i0 lgamma log1p logit
 neg rad2deg sigmoid sign signbit sin sinc sinh sqrt rsqrt square tan tanh trunc log log2 log10 atanh reciprocal
 absolute arccos arcsin arctan arctanh fix negative positive sgn angle isnan isinf isfinite""".split():
    case("torch." + name, ["$p"])
for name in """abs asinh acosh relu relu6 selu silu hardsigmoid hardswish mish gelu exp tanh sigmoid sin isneginf isposinf
 flatten ravel t trace median fliplr flipud tril triu nansum argmax argmin max min sum prod mean std var all any""".split():
    if hasattr(torch.Tensor, name):
        case("Tensor." + name, ["$b"])
for name in "abs_ exp_ sigmoid_ tanh_ neg_ sqrt_ floor_ relu_ erf_ log_ reciprocal_ square sin_ cos_ trunc_ frac_ rsqrt_ log1p_".split():
    case("Tensor." + name, ["$p"])
case("torch.round", ["$a"]); case("torch.round", ["$a", 2], lambda x, n: torch.round(x, decimals=n)); case("torch.round", ["$i"])
case("Tensor.round_", ["$a", 1], lambda x, n: x.round_(decimals=n))
case("torch.nan_to_num", ["$holes", 0.5, 9.0, -9.0]); case("torch.isnan", ["$holes"]); case("torch.isinf", ["$holes"])
case("torch.nanmean", ["$holes"]); case("torch.nanmedian", ["$holes"])
for name in "expit erf gammaln psi i0e i1 i1e ndtr ndtri entr digamma bessel_j0 bessel_j1 modified_bessel_i0 airy_ai expm1 exp2 sinc erfcx".split():
    case("special." + name, ["$p"])
case("special.xlog1py", ["$p", "$p"]); case("special.zeta", ["$i", "$j"]); case("special.polygamma", [2, "$p"])
case("special.gammainc", ["$p", "$p"]); case("special.softmax", ["$a", 1]); case("special.log_softmax", ["$a", 0])

# ---- two tensors, tensor and number
for name in """add sub mul div true_divide floor_divide fmod remainder maximum minimum fmax fmin atan2 hypot copysign logaddexp logaddexp2
 eq ne lt le gt ge dist nextafter heaviside""".split():
    case("torch." + name, ["$a", "$b"])
for name in "pow float_power xlogy".split():
    case("torch." + name, ["$p", "$b"])
for name in "add sub mul div fmod remainder eq ne lt le gt ge floor_divide bitwise_and bitwise_or bitwise_xor gcd lcm bitwise_left_shift bitwise_right_shift".split():
    case("Tensor." + name, ["$i", "$j"])
for name in "logical_and logical_or logical_xor bitwise_and".split():
    case("torch." + name, ["$m", "$n"])
case("torch.logical_not", ["$m"]); case("torch.bitwise_not", ["$i"])
for name in "add sub mul div fmod remainder eq ne lt le gt ge".split():
    case("Tensor." + name, ["$a", 1.5])
for name in "add_ sub_ mul_ div_ fmod_ remainder_ pow_".split():
    case("Tensor." + name, ["$p", 1.5]); case("Tensor." + name, ["$p", "$a"])
case("torch.add", ["$a", "$b", 2.5], lambda x, y, s: torch.add(x, y, alpha=s))
case("torch.div", ["$a", "$b", "floor"], lambda x, y, m: torch.div(x, y, rounding_mode=m))
case("torch.div", ["$a", "$b", "trunc"], lambda x, y, m: torch.div(x, y, rounding_mode=m))
case("Tensor.div", ["$i", 2, "floor"], lambda x, y, m: x.div(y, rounding_mode=m))
case("Tensor.div_", ["$a", 2, "None"], lambda x, y, m: x.div_(y))
case("torch.pow", ["$p", 3]); case("Tensor.pow", ["$a", 2]); case("Tensor.addcmul", ["$a", "$b", "$p", 0.5], lambda x, y, z, v: x.addcmul(y, z, value=v))
case("Tensor.addcdiv", ["$a", "$b", "$p", 0.5], lambda x, y, z, v: x.addcdiv(y, z, value=v))
case("Tensor.addcdiv_", ["$a", "$b", "$p", -0.5], lambda x, y, z, v: x.addcdiv_(y, z, value=v))
case("torch.lerp", ["$a", "$b", "$p"]); case("torch.clamp", ["$a", -0.5, 0.5]); case("Tensor.clamp_", ["$a", None, 0.25])
case("torch.clamp", ["$a", "$p", None], lambda x, lo, hi: torch.clamp(x, min=lo)); case("torch.clamp_min", ["$a", 0.1]); case("torch.clamp_max", ["$a", 0.1])
case("torch.isclose", ["$a", "$b", 0.5, 0.5]); case("torch.allclose", ["$a", "$a"]); case("torch.polygamma", ["$p", 1], lambda x, n: torch.polygamma(n, x))
case("torch.where", ["$m", "$a", "$b"]); case("Tensor.where", ["$a", "$m", "$b"], lambda x, c, y: x.where(c, y)); case("torch.where", ["$m"])
for sign, f in {"op_Addition": lambda x, y: x + y, "op_Subtraction": lambda x, y: x - y, "op_Multiply": lambda x, y: x * y,
                "op_Division": lambda x, y: x / y, "op_Modulus": lambda x, y: x % y, "op_LessThan": lambda x, y: x < y,
                "op_GreaterThanOrEqual": lambda x, y: x >= y, "op_Equality": lambda x, y: x == y, "op_Inequality": lambda x, y: x != y}.items():
    case("Tensor." + sign, ["$a", "$p"], f); case("Tensor." + sign, ["$a", 0.75], f)
for sign, f in {"op_Addition": lambda x, y: x + y, "op_Subtraction": lambda x, y: x - y, "op_Multiply": lambda x, y: x * y,
                "op_Division": lambda x, y: x / y, "op_LessThan": lambda x, y: x < y, "op_GreaterThan": lambda x, y: x > y,
                "op_LessThanOrEqual": lambda x, y: x <= y, "op_GreaterThanOrEqual": lambda x, y: x >= y}.items():
    case("Tensor." + sign, [0.5, "$p"], f); case("Tensor." + sign, [2, "$i"], f)
case("Tensor.op_UnaryNegation", ["$a"], lambda x: -x); case("Tensor.op_OnesComplement", ["$m"], lambda x: ~x)
case("Tensor.op_BitwiseAnd", ["$m", "$n"], lambda x, y: x & y); case("Tensor.op_BitwiseOr", ["$m", "$n"], lambda x, y: x | y); case("Tensor.op_ExclusiveOr", ["$i", "$j"], lambda x, y: x ^ y)

# ---- reductions and orders
case("Tensor.sum", ["$bat", 1]); case("Tensor.sum", ["$bat", 1, True]); case("Tensor.sum", ["$bat", [0, 2]]); case("torch.sum", ["$bat", -1, False, "Float64"], lambda x, d, k, t: torch.sum(x, d, k, dtype=torch.float64))
case("Tensor.sum", ["$bat", 0, 2], lambda x, i, j: x.sum((i, j))); case("torch.mean", ["$bat", [1, 2], True]); case("Tensor.mean", ["$a", [1]]); case("torch.prod", ["$bat", 2, True])
case("Tensor.max", ["$bat", 1, True]); case("Tensor.min", ["$bat", 1]); case("torch.max", ["$a", "$b"]); case("Tensor.argmax", ["$bat", 2, True]); case("Tensor.argmin", ["$bat", 0])
case("Tensor.amax", ["$bat", [0, 2]], lambda x, d: x.amax(d)); case("torch.amin", ["$bat", [1], True]); case("torch.aminmax", ["$a", 1], lambda x, d: torch.aminmax(x, dim=d))
case("Tensor.std", ["$bat", 1, True, True], lambda x, d, u, k: x.std(d, unbiased=u, keepdim=k)); case("torch.std", ["$bat", 2, False], lambda x, d, u: x.std(d, unbiased=u))
case("Tensor.var", ["$bat", [0, 1], False], lambda x, d, u: x.var(d, unbiased=u)); case("torch.var", ["$a", False], lambda x, u: x.var(unbiased=u)); case("torch.var_mean", ["$bat", 1], lambda x, d: torch.var_mean(x, dim=d))
case("torch.std_mean", ["$bat", [1, 2], False, True], lambda x, d, u, k: torch.std_mean(x, dim=d, unbiased=u, keepdim=k))
case("torch.all", ["$m", 1]); case("torch.any", ["$m", 0, True]); case("torch.logsumexp", ["$a", 1, True]); case("torch.norm", ["$a"]); case("torch.norm", ["$a", 1, True, 3.0], lambda x, d, k, p: torch.norm(x, p, d, k)); case("torch.norm", ["$a", 1.0])
case("torch.cumsum", ["$a", 1]); case("torch.cumprod", ["$a", 0]); case("torch.cummax", ["$a", 1]); case("torch.cummin", ["$a", 1]); case("torch.logcumsumexp", ["$a", 1]); case("torch.diff", ["$a", 1, 1])
case("torch.count_nonzero", ["$m"]); case("torch.count_nonzero", ["$m", [1]], lambda x, d: torch.count_nonzero(x, d)); case("torch.nonzero", ["$m"]); case("torch.argwhere", ["$m"])
case("torch.sort", ["$a", 1, True]); case("torch.argsort", ["$a", 1, False]); case("torch.topk", ["$a", 2, 1]); case("torch.topk", ["$bat", 2, 2, False]); case("torch.kthvalue", ["$a", 2, 1]); case("torch.msort", ["$a"]); case("torch.mode", ["$i"])
case("torch.quantile", ["$d", "$dq", 1], lambda x, q, d: torch.quantile(x, q, d))
case("torch.unique", ["$cnt", True, True, True], lambda x, s, i, c: torch.unique(x, s, i, c)); case("torch.unique_consecutive", ["$cnt", True, True]); case("torch.bincount", ["$cnt"]); case("torch.bincount", ["$cnt", None, 8])
case("torch.histc", ["$a", 4, -2, 2]); case("torch.histogram", ["$a", 4], lambda x, b: torch.histogram(x, b)); case("torch.searchsorted", ["$sorted", "$find"]); case("torch.searchsorted", ["$sorted", "$find", True, True], lambda s, v, o, r: torch.searchsorted(s, v, out_int32=o, right=r))
case("torch.bucketize", ["$find", "$sorted", False, True], lambda v, b, o, r: torch.bucketize(v, b, out_int32=o, right=r)); case("torch.isin", ["$cnt", "$idx"]); case("torch.cov", ["$a"]); case("torch.corrcoef", ["$a"]); case("torch.trapezoid", ["$a", 0.5, 1], lambda y, dx, d: torch.trapezoid(y, dx=dx, dim=d))

# ---- shapes and indices
case("Tensor.reshape", ["$a", [3, 2]]); case("Tensor.view", ["$a", [6]]); case("Tensor.permute", ["$bat", [2, 0, 1]]); case("torch.transpose", ["$bat", 0, 2]); case("Tensor.swapaxes", ["$bat", 0, 1]); case("torch.movedim", ["$bat", 0, 2])
case("torch.moveaxis", ["$bat", [0, 1], [1, 2]]); case("torch.squeeze", ["$w1"], lambda x: x.squeeze()); case("Tensor.unsqueeze", ["$a", 1]); case("Tensor.squeeze", ["$img4", 0]); case("Tensor.flatten", ["$bat", 1]); case("torch.unflatten", ["$seq", 2, [2, 4]], lambda x, d, s: x.unflatten(d, s))
case("Tensor.expand", ["$row", [2, 3]]); case("Tensor.expand_as", ["$row", "$a"]); case("torch.broadcast_to", ["$row", [2, 3]]); case("Tensor.repeat", ["$a", [2, 1]]); case("torch.tile", ["$a", [1, 2]]); case("torch.repeat_interleave", ["$a", 2, 1]); case("torch.repeat_interleave", ["$row", "$idx"], lambda x, r: torch.repeat_interleave(x, r))
case("torch.flip", ["$a", [0, 1]]); case("torch.roll", ["$a", 1, 1]); case("torch.roll", ["$a", [1, 1], [0, 1]]); case("torch.rot90", ["$a"]); case("torch.cat", [["$a", "$b"], 1]); case("torch.stack", [["$a", "$b"], 1]); case("torch.hstack", [["$a", "$b"]]); case("torch.vstack", [["$a", "$b"]]); case("torch.dstack", [["$a", "$b"]]); case("torch.column_stack", [["$a", "$b"]])
case("torch.chunk", ["$bat", 2, 2]); case("Tensor.split", ["$bat", 3, 2]); case("torch.split", ["$bat", [1, 3], 2]); case("torch.tensor_split", ["$bat", 3, 2]); case("torch.hsplit", ["$img", 3]); case("torch.unbind", ["$a"]); case("Tensor.narrow", ["$bat", 2, 1, 2]); case("Tensor.select", ["$bat", 1, 2]); case("Tensor.slice", ["$bat", 2, 0, 4, 2], lambda x, d, s, e, p: x[:, :, s:e:p])
case("torch.diag", ["$row"]); case("torch.diag", ["$sq", 1]); case("torch.diagonal", ["$bat"]); case("torch.diag_embed", ["$a"]); case("torch.tril", ["$sq", -1]); case("torch.triu", ["$sq", 1]); case("torch.meshgrid", [["$row", "$row2"], "xy"], lambda t, i: torch.meshgrid(t, indexing=i)); case("torch.cartesian_prod", [["$row", "$row2"]], lambda t: torch.cartesian_prod(*t)); case("torch.combinations", ["$row"]); case("torch.block_diag", [["$a", "$sq"]], lambda t: torch.block_diag(*t))
case("torch.gather", ["$a", 1, "$idx2"]); case("Tensor.scatter", ["$a", 1, "$idx2", "$b"]); case("Tensor.scatter_add_", ["$a", 1, "$idx2", "$b"]); case("torch.index_select", ["$a", 1, "$idx"]); case("Tensor.index_add", ["$sq", 0, "$idx", "$sq", 2.0], lambda x, d, i, s, a: x.index_add(d, i, s, alpha=a)); case("Tensor.index_copy_", ["$sq", 0, "$idx", "$spd"]); case("Tensor.index_fill_", ["$sq", 1, "$idx", 0.5])
case("Tensor.masked_fill", ["$a", "$m", -1.0]); case("Tensor.masked_fill_", ["$a", "$m", 2.0]); case("torch.masked_select", ["$a", "$m"]); case("Tensor.masked_scatter", ["$a", "$m", "$b"]); case("torch.take", ["$a", "$idx"]); case("torch.take_along_dim", ["$a", "$idx2", 1]); case("Tensor.unfold", ["$seq", 2, 4, 2]); case("Tensor.as_strided", ["$a", [2, 2], [1, 2], 1]); case("torch.select_scatter", ["$a", "$row", 0, 1]); case("Tensor.diagonal_scatter", ["$sq", "$row"])
case("Tensor.fill_", ["$a", 3.5]); case("Tensor.zero_", ["$a"]); case("Tensor.copy_", ["$a", "$b"]); case("Tensor.clone", ["$a"]); case("Tensor.contiguous", ["$a"]); case("functional.one_hot", ["$labels", 6]); case("Tensor.renorm", ["$a", 2.0, 0, 0.5]); case("torch.vander", ["$row", 3, True])

# ---- creation
case("torch.zeros", [[2, 3]]); case("torch.zeros", [2, 3], lambda r, c: torch.zeros(r, c)); case("torch.ones", [[2], "Int64"], lambda s, t: torch.ones(s, dtype=torch.int64)); case("torch.full", [[2, 2], 1.5]); case("torch.full", [2, 7], lambda n, v: torch.full([n], v)); case("torch.eye", [3]); case("torch.eye", [2, 3])
case("torch.arange", [5]); case("torch.arange", [1.5, 4.0]); case("torch.arange", [1, 10, 3]); case("torch.arange", [0, 1, 0.25]); case("torch.linspace", [0.0, 1.0, 5]); case("torch.logspace", [0.0, 2.0, 3]); case("torch.zeros_like", ["$i"]); case("torch.ones_like", ["$a"]); case("torch.full_like", ["$a", 2.0]); case("Tensor.new_zeros", ["$a", [2]]); case("Tensor.new_ones", ["$i", 2, 2], lambda x, r, c: x.new_ones(r, c)); case("Tensor.new_full", ["$a", [2], 0.5])
case("torch.tril_indices", [3, 3, -1]); case("torch.triu_indices", [2, 3]); case("torch.hann_window", [6], lambda n: torch.hann_window(n)); case("torch.hamming_window", [6], lambda n: torch.hamming_window(n)); case("torch.blackman_window", [5], lambda n: torch.blackman_window(n)); case("torch.kaiser_window", [5], lambda n: torch.kaiser_window(n)); case("torch.bartlett_window", [6]); case("torch.complex", ["$a", "$b"]); case("torch.polar", ["$p", "$b"])

# ---- linear algebra
case("torch.matmul", ["$a", "$c"]); case("torch.mm", ["$a", "$c"]); case("torch.bmm", ["$bat", "$bat2"]); case("torch.mv", ["$a", "$row"]); case("torch.dot", ["$row", "$row2"]); case("torch.outer", ["$row", "$row2"]); case("torch.inner", ["$a", "$b"]); case("torch.kron", ["$row", "$row2"]); case("torch.einsum", ["bij,bjk->bik", ["$bat", "$bat2"]], lambda e, t: torch.einsum(e, *t)); case("torch.tensordot", ["$bat", "$bat3", [0, 1], [0, 1]], lambda x, y, d, e: torch.tensordot(x, y, dims=(d, e)))
case("Tensor.tensordot", ["$a", "$c", 1], lambda x, y, n: torch.tensordot(x, y, n)); case("Tensor.addmm", ["$sq", "$c", "$a", 0.5, 2.0], lambda x, y, z, b, a: x.addmm(y, z, beta=b, alpha=a)); case("torch.baddbmm", ["$bat3", "$bat", "$bat2"]); case("Tensor.addmv", ["$v2", "$a", "$row"]); case("torch.chain_matmul", [["$a", "$c", "$a"]], lambda t: torch.chain_matmul(*t)); case("torch.cdist", ["$a", "$b"]); case("torch.cdist", ["$a", "$b", 1.0])
case("linalg.det", ["$spd"]); case("linalg.inv", ["$spd"]); case("linalg.solve", ["$spd", "$sq"]); case("linalg.cholesky", ["$spd"]); case("linalg.eigvalsh", ["$spd"]); case("linalg.svdvals", ["$sq"]); case("linalg.norm", ["$a"]); case("linalg.norm", ["$a", "nuc"]); case("linalg.matrix_norm", ["$a"]); case("linalg.vector_norm", ["$a", 3.0, [1], True]); case("linalg.pinv", ["$a"]); case("linalg.slogdet", ["$spd"]); case("linalg.matrix_rank", ["$sq"]); case("linalg.lstsq", ["$e1", "$e2"], lambda x, y: tuple(torch.linalg.lstsq(x, y)))
case("linalg.qr", ["$spd"], lambda x: tuple(torch.linalg.qr(x))); case("linalg.lu_factor", ["$spd"]); case("linalg.solve_triangular", ["$sq", "$spd", True], lambda x, y, u: torch.linalg.solve_triangular(x, y, upper=u)); case("linalg.multi_dot", [["$a", "$c", "$a"]]); case("linalg.matrix_exp", ["$sq"]); case("linalg.cond", ["$spd"]); case("linalg.vecdot", ["$a", "$b"]); case("linalg.cross", ["$a", "$b"]); case("torch.det", ["$spd"]); case("torch.logdet", ["$spd"]); case("torch.inverse", ["$spd"]); case("torch.matrix_power", ["$sq", 3]); case("torch.trace", ["$sq"]); case("torch.pinverse", ["$a"])

# ---- spectra
case("fft.fft_", ["$a"], lambda x: torch.fft.fft(x)); case("fft.ifft", ["$z"]); case("fft.rfft", ["$a", 4, -1, "Ortho"], lambda x, n, d, m: torch.fft.rfft(x, n, d, "ortho")); case("fft.irfft", ["$z"]); case("fft.fft2", ["$a"]); case("fft.fftn", ["$bat"]); case("fft.fftshift", ["$a"]); case("fft.fftfreq", [5, 0.5], lambda n, d: torch.fft.fftfreq(n, d)); case("fft.hfft", ["$z"])
case("torch.view_as_real", ["$z"]); case("torch.real", ["$z"]); case("torch.abs", ["$z"]); case("torch.conj_physical", ["$z"]); case("torch.stft", ["$v16", 8, 4], lambda x, n, h: torch.stft(x, n, h, return_complex=False))

# ---- convolutions and pooling
case("functional.conv1d", ["$seq", "$w1", "$bias4", 2, 1]); case("functional.conv2d", ["$img", "$w2", "$bias4"]); case("functional.conv2d", ["$img", "$w2", None, [2, 1], [1, 0], [1, 2]]); case("functional.conv3d", ["$vol", "$w3"]); case("functional.conv2d_padding", ["$img", "$w2", None, None, "Same"], lambda x, w, b, s, p: F.conv2d(x, w, padding="same")); case("functional.conv1d_padding", ["$seq", "$w1", None, None, "Same"], lambda x, w, b, s, p: F.conv1d(x, w, padding="same"))
case("functional.conv_transpose1d", ["$seq", "$wt1", None, 2, 1, 1], lambda x, w, b, s, p, o: F.conv_transpose1d(x, w, b, s, p, o)); case("functional.conv_transpose2d", ["$img", "$wt2", "$bias4", [2, 2], [1, 1], [1, 1], [1, 1], 1], lambda x, w, b, s, p, o, d, g: F.conv_transpose2d(x, w, b, s, p, o, g, d)); case("functional.conv_transpose3d", ["$vol", "$wt3"])
case("functional.max_pool1d", ["$seq", 2]); case("functional.max_pool2d", ["$img", 3, 2, 1]); case("functional.max_pool2d", ["$img", [2, 3]]); case("functional.max_pool3d", ["$vol", [2, 2, 2]]); case("functional.max_pool1d_with_indices", ["$seq", 3, 2], lambda x, k, s: F.max_pool1d(x, k, s, return_indices=True)); case("functional.max_pool2d_with_indices", ["$img", [2, 2]], lambda x, k: F.max_pool2d(x, k, return_indices=True)); case("functional.avg_pool1d", ["$seq", 2, 1]); case("functional.avg_pool2d", ["$img", 2]); case("functional.avg_pool2d", ["$img", [3, 2], [2, 1], [1, 1], True, False]); case("functional.avg_pool3d", ["$vol", [2, 2, 2]])
case("functional.adaptive_avg_pool1d", ["$seq", 3]); case("functional.adaptive_avg_pool2d", ["$img", 2]); case("functional.adaptive_avg_pool2d", ["$img", [1, 4]]); case("functional.adaptive_avg_pool3d", ["$vol", 2]); case("functional.adaptive_max_pool1d", ["$seq", 3]); case("functional.adaptive_max_pool2d", ["$img", [2, 3]]); case("functional.adaptive_max_pool2d_with_indices", ["$img", [2, 2]], lambda x, s: F.adaptive_max_pool2d(x, s, True)); case("functional.lp_pool1d", ["$seq", 2.0, 2]); case("functional.lp_pool2d", ["$img", 3.0, 2, 1])
unpool_value, unpool_index = F.max_pool2d(pool["img"], 2, return_indices=True); put("uv", unpool_value); put("ui", unpool_index); case("functional.max_unpool2d", ["$uv", "$ui", [2, 2]], lambda x, i, k: F.max_unpool2d(x, i, k)); uv, ui = F.max_pool1d(pool["seq"], 2, return_indices=True); put("uv1", uv); put("ui1", ui); case("functional.max_unpool1d", ["$uv1", "$ui1", 2])
case("functional.unfold", ["$img", 2, 1, 0, 2]); put("unf", F.unfold(pool["img"], 2, stride=2)); case("functional.fold", ["$unf", 6, 2, 1, 0, 2])

# ---- normalisation
case("functional.batch_norm", ["$img", "$mean3", "$var3", "$row", "$row2", False, 0.1, 1e-5]); case("functional.batch_norm", ["$img", None, None, "$row", None, True], lambda x, m, v, w, b, t: F.batch_norm(x, m, v, w, b, t)); case("functional.instance_norm", ["$img"]); case("functional.layer_norm", ["$bat", [3, 4]]); case("functional.layer_norm", ["$a", [3], "$row", "$row2"]); case("functional.group_norm", ["$img4", 2, "$bias4"]); case("functional.local_response_norm", ["$img", 3]); case("functional.local_response_norm", ["$seq", 2, 0.1, 0.5, 2.0]); case("functional.normalize", ["$bat"]); case("functional.normalize", ["$a", 1.0, 0]); case("functional.cosine_similarity", ["$e1", "$e2"]); case("functional.pairwise_distance", ["$e1", "$e2"])

# ---- activations
for name, extra in {"relu": [], "relu6": [], "selu": [], "silu": [], "mish": [], "hardsigmoid": [], "hardswish": [], "sigmoid": [], "tanh": [], "tanhshrink": [], "softsign": [], "logsigmoid": [], "gelu": [], "elu": [0.7], "celu": [1.3], "leaky_relu": [0.2], "hardshrink": [0.4], "softshrink": [0.3], "hardtanh": [-0.5, 0.7], "threshold": [0.1, -2.0], "softplus": [2.0, 1.0], "glu": [], "rrelu": []}.items():
    case("functional." + name, (["$img4"] if name == "glu" else ["$b"]) + extra)
for name in "relu relu6 selu silu mish hardsigmoid hardswish tanhshrink softsign".split():
    case("functional." + name, ["$b", True], lambda x, i, n=name: getattr(F, n)(x))
case("functional.prelu", ["$img", "$mean3"]); case("functional.softmax", ["$a", 1]); case("functional.log_softmax", ["$a", 1]); case("functional.softmin", ["$a", 1]); case("functional.softmax2d", ["$img"], lambda x: x.softmax(1)); case("Tensor.softmax", ["$a", 0]); case("Tensor.log_softmax", ["$a", 0]); case("functional.linear", ["$a", "$sq", "$row"]); case("functional.bilinear", ["$e1", "$e2", "$wb"])

# ---- losses, each with every reduction
for reduction in ("None", "Mean", "Sum"):
    low = reduction.lower()
    r = lambda f, low=low: (lambda *a: f(*a[:-1], reduction=low))
    case("functional.mse_loss", ["$a", "$b", reduction], r(F.mse_loss)); case("functional.l1_loss", ["$a", "$b", reduction], r(F.l1_loss)); case("functional.soft_margin_loss", ["$v4", "$sign", reduction], r(F.soft_margin_loss))
    case("functional.smooth_l1_loss", ["$a", "$b", reduction, 0.5], lambda x, y, z, b: F.smooth_l1_loss(x, y, reduction=low, beta=b)); case("functional.huber_loss", ["$a", "$b", 0.7, reduction], lambda x, y, d, z: F.huber_loss(x, y, reduction=low, delta=d))
    case("functional.cross_entropy", ["$logits", "$labels", "$cw", 2, reduction, 0.1], lambda x, y, w, i, z, s: F.cross_entropy(x, y, w, ignore_index=i, reduction=low, label_smoothing=s)); case("functional.nll_loss", ["$logits", "$labels", "$cw", reduction], lambda x, y, w, z: F.nll_loss(x, y, w, reduction=low))
    case("functional.binary_cross_entropy", ["$p", "$pt", None, reduction], lambda x, y, w, z: F.binary_cross_entropy(x, y, reduction=low)); case("functional.binary_cross_entropy_with_logits", ["$logits", "$targets", None, reduction, "$cw"], lambda x, y, w, z, pw: F.binary_cross_entropy_with_logits(x, y, reduction=low, pos_weight=pw))
    case("functional.kl_div", ["$logits", "$targets", False, reduction], lambda x, y, l, z: F.kl_div(x, y, reduction=low, log_target=l)); case("functional.poisson_nll_loss", ["$a", "$p", True, True, 1e-8, reduction], lambda x, y, l, f, e, z: F.poisson_nll_loss(x, y, l, full=f, eps=e, reduction=low)); case("functional.gaussian_nll_loss", ["$a", "$b", "$p", True, 1e-6, reduction], lambda x, y, v, f, e, z: F.gaussian_nll_loss(x, y, v, full=f, eps=e, reduction=low))
    case("functional.hinge_embedding_loss", ["$v4", "$sign", 0.5, reduction], lambda x, y, m, z: F.hinge_embedding_loss(x, y, m, reduction=low)); case("functional.margin_ranking_loss", ["$v4", "$u4", "$sign", 0.2, reduction], lambda x, y, t, m, z: F.margin_ranking_loss(x, y, t, m, reduction=low)); case("functional.cosine_embedding_loss", ["$e1", "$e2", "$sign", 0.1, reduction], lambda x, y, t, m, z: F.cosine_embedding_loss(x, y, t, m, reduction=low))
    case("functional.triplet_margin_loss", ["$e1", "$e2", "$e3", 1.0, 2, 1e-6, True, reduction], lambda x, y, n, m, p, e, s, z: F.triplet_margin_loss(x, y, n, m, p, e, s, reduction=low)); case("functional.triplet_margin_with_distance_loss", ["$e1", "$e2", "$e3", None, 1.0, True, reduction], lambda x, y, n, d, m, s, z: F.triplet_margin_with_distance_loss(x, y, n, margin=m, swap=s, reduction=low))
    case("functional.multi_margin_loss", ["$logits", "$labels", 1, 0.9, None, reduction], lambda x, y, p, m, w, z: F.multi_margin_loss(x, y, p, m, reduction=low)); case("functional.multi_label_margin_loss", ["$logits", "$multi", reduction], lambda x, y, z: F.multilabel_margin_loss(x, y, reduction=low)); case("functional.multilabel_soft_margin_loss", ["$logits", "$targets", "$cw", reduction], lambda x, y, w, z: F.multilabel_soft_margin_loss(x, y, w, reduction=low))
put("lp", torch.randn(6, 2, 4).log_softmax(2)); put("ct", torch.tensor([[1, 2, 3], [2, 2, 1]])); put("il", torch.tensor([6, 5])); put("tl", torch.tensor([3, 2])); case("functional.ctc_loss", ["$lp", "$ct", "$il", "$tl"])
case("functional.mse_loss", ["$a", "$b"]); case("functional.l1_loss", ["$a", "$b"]); case("functional.kl_div", ["$logits", "$targets"], lambda x, y: F.kl_div(x, y, reduction="mean", log_target=True))

# ---- pictures
for mode, name in {"Nearest": "nearest", "Bilinear": "bilinear", "Bicubic": "bicubic", "Area": "area", "NearestExact": "nearest-exact"}.items():
    case("functional.interpolate", ["$img", [9, 4], None, mode], lambda x, s, f, m, n=name: F.interpolate(x, s, mode=n)); case("functional.interpolate", ["$img", None, [1.5, 0.5], mode], lambda x, s, f, m, n=name: F.interpolate(x, scale_factor=f, mode=n))
case("functional.interpolate", ["$img", [9, 4], None, "Bilinear", True], lambda x, s, f, m, c: F.interpolate(x, s, mode="bilinear", align_corners=True)); case("functional.interpolate", ["$img", [3, 4], None, "Bilinear", False, False, True], lambda x, s, f, m, c, r, a: F.interpolate(x, s, mode="bilinear", antialias=True)); case("functional.interpolate", ["$seq", [5], None, "Linear"], lambda x, s, f, m: F.interpolate(x, s, mode="linear")); case("functional.interpolate", ["$vol", [3, 5, 6], None, "Trilinear"], lambda x, s, f, m: F.interpolate(x, s, mode="trilinear")); case("functional.interpolate", ["$img", None, [1.3], "Bilinear", None, True], lambda x, s, f, m, c, r: F.interpolate(x, scale_factor=1.3, mode="bilinear", recompute_scale_factor=True))
case("functional.upsample_nearest2d", ["$img", [8, 8]], lambda x, s: F.interpolate(x, s)); case("functional.upsample_bilinear", ["$img", [8, 8], None, True], lambda x, s, f, c: F.interpolate(x, s, mode="bilinear", align_corners=True)); case("functional.pixel_shuffle", ["$img4", 2]); case("functional.pixel_unshuffle", ["$img", 2]); case("Tensor.channel_shuffle", ["$img4", 2], lambda x, g: torch.channel_shuffle(x, g))
for mode, name in {"Bilinear": "bilinear", "Nearest": "nearest"}.items():
    for border, word in {"Zeros": "zeros", "Border": "border", "Reflection": "reflection"}.items():
        case("functional.grid_sample", ["$img", "$grid", mode, border, False], lambda x, g, m, b, c, n=name, w=word: F.grid_sample(x, g, n, w, align_corners=c))
case("functional.affine_grid", ["$theta", [2, 3, 4, 5], False]); case("functional.affine_grid", ["$theta", [2, 3, 4, 5], True])
for mode, name in {"Constant": "constant", "Reflect": "reflect", "Replicate": "replicate", "Circular": "circular"}.items():
    case("functional.pad", ["$img", [1, 2, 0, 1], mode], lambda x, p, m, n=name: F.pad(x, p, n)); case("functional.pad", ["$seq", [2, 1], mode], lambda x, p, m, n=name: F.pad(x, p, n))
case("functional.pad", ["$a", [1, 1], "Constant", 0.5], lambda x, p, m, v: F.pad(x, p, value=v)); case("functional.pad", ["$a", 2, "Constant", -1.0], lambda x, p, m, v: F.pad(x, (p, p), value=v))


def attention(q, k, v, mask=None, causal=False):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    if causal:
        mask = torch.ones(q.size(-2), k.size(-2), dtype=torch.bool).tril()
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf) if mask.dtype == torch.bool else scores + mask
    return scores.softmax(-1) @ v


case("functional.scaled_dot_product_attention", ["$q", "$k", "$val"], attention); case("functional.scaled_dot_product_attention", ["$q", "$k", "$val", "$amask"], attention); case("functional.scaled_dot_product_attention", ["$q", "$k", "$val", "$bmask"], attention); case("functional.scaled_dot_product_attention", ["$q", "$k5", "$v5", None, 0.0, True], lambda q, k, v, m, p, c: attention(q, k, v, None, True))
case("functional.dropout", ["$a", 0.5, False]); case("functional.dropout2d", ["$img", 0.3, False]); case("functional.alpha_dropout", ["$a", 0.5, False])

# ---- drawn at random: the same numbers from the same seed (only comparable within one version of libtorch)
case("torch.rand", [[2, 3]], None, True); case("torch.randn", [[2, 3]], None, True); case("torch.randint", [10, [4]], lambda h, s: torch.randint(h, s), True); case("torch.randint", [5, 9, [4]], lambda l, h, s: torch.randint(l, h, s), True); case("torch.randperm", [6], lambda n: torch.randperm(n), True); case("torch.rand_like", ["$a"], None, True); case("torch.randn_like", ["$a"], None, True); case("torch.bernoulli", ["$p"], None, True)
case("torch.multinomial", ["$p", 2], None, True); case("Tensor.normal_", ["$a", 1.0, 2.0], None, True); case("Tensor.uniform_", ["$a", -1.0, 1.0], None, True); case("Tensor.bernoulli_", ["$a", 0.3], None, True); case("Tensor.exponential_", ["$a"], None, True); case("Tensor.random_", ["$a", 0.0, 10.0], lambda x, l, h: x.random_(int(l), int(h)), True); case("functional.dropout", ["$a", 0.5, True], None, True); case("functional.dropout2d", ["$img", 0.5, True], lambda x, p, t: F.dropout2d(x, p, t), True); case("torch.poisson", ["$p"], None, True); case("torch.normal", ["$a", "$p"], None, True); case("functional.rrelu", ["$b"], None, True)

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ops.json")
with open(path, "w") as file:
    file.write('{\n"torch": "%s",\n"seed": 7,\n"tensors": {\n' % torch.__version__.split("+")[0])
    file.write(",\n".join(f'"{name}": {json.dumps(encode(tensor), separators=(",", ":"))}' for name, tensor in pool.items()))
    file.write('\n},\n"cases": [\n')
    file.write(",\n".join(json.dumps(entry, separators=(",", ":")) for entry in cases))
    file.write("\n]}\n")
print(len(cases), "cases", os.path.getsize(path), "bytes")
