using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            // Came with libtorch 2.0; before that it is put together from its parts.
            private static readonly Operator s_fusedAttention = new("aten::scaled_dot_product_attention", "");

            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null,
                double p = 0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("A causal attention has its mask already.", nameof(attn_mask));
                return s_fusedAttention.Exists
                    ? Aten.scaled_dot_product_attention(query, key, value, attn_mask, p, is_casual)
                    : Attention(query, key, value, attn_mask, p, is_casual);
            }

            // Vaswani et al. 2017, eq. 1. Query and key are both scaled by the fourth root of their width, as libtorch
            // does: the product then stays in range in half precision.
            internal static Tensor Attention(Tensor query, Tensor key, Tensor value, Tensor? mask, double dropout, bool isCausal)
            {
                using var scope = NewDisposeScope();
                var scale = Math.Sqrt(1 / Math.Sqrt(query.shape[^1]));
                var scores = (query * scale).matmul((key * scale).transpose(-2, -1));
                if (isCausal) mask = ones([query.shape[^2], key.shape[^2]], ScalarType.Bool, query.device).tril();
                if (mask is not null)
                    scores = mask.dtype == ScalarType.Bool
                        ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity)
                        : scores + mask;
                var weights = scores.softmax(-1);
                if (dropout > 0) weights = Aten.dropout(weights, dropout, true);
                return weights.matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
