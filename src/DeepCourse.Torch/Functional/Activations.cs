using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private const string CapitalNames = "Kept as the API has it; use the name in lower case.";

            public static Tensor softmin(Tensor x, long dim)
            {
                using var negated = x.neg();
                return negated.softmax(dim);
            }

            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                using var scope = NewDisposeScope();
                var divisor = x.abs().add(1);
                return inplace ? x.div_(divisor) : x.div(divisor).MoveToOuterDisposeScope();
            }

            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                using var squashed = x.tanh();
                return inplace ? x.sub_(squashed) : x.sub(squashed);
            }

            [Obsolete(CapitalNames)]
            public static Tensor Softsign(Tensor x) => softsign(x);

            [Obsolete(CapitalNames)]
            public static Tensor Tanhshrink(Tensor x) => tanhshrink(x);

            // A picture's rows and columns, or a sequence's steps, are dropped for whole channels at once.
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (input.ndim is not (2 or 3)) throw new ArgumentException($"2 or 3 dimensions are wanted, not {input.ndim}.", nameof(input));
                using var scope = NewDisposeScope();
                var batch = input.ndim == 2 ? input.unsqueeze(0) : input;
                if (inplace)
                {
                    Aten.feature_dropout_(batch, p, training);
                    return input;
                }

                var dropped = Aten.feature_dropout(batch, p, training);
                return (input.ndim == 2 ? dropped.squeeze(0) : dropped).MoveToOuterDisposeScope();
            }
        }
    }
}
