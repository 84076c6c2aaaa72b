using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Attention in several subspaces at once (Vaswani et al. 2017). Query [target, batch, embed], key and value
    /// [source, batch, ...]; a mask of numbers is added to the scores, a boolean one hides where it is true.
    /// </summary>
    public sealed class MultiheadAttention
        : Module<Tensor, Tensor, Tensor, Tensor, bool, Tensor, Tuple<Tensor, Tensor>>
    {
        private readonly Parameter? in_proj_weight;
        private readonly Parameter? q_proj_weight;
        private readonly Parameter? k_proj_weight;
        private readonly Parameter? v_proj_weight;
        private readonly Parameter? in_proj_bias;
        private readonly Parameter? bias_k;
        private readonly Parameter? bias_v;
        private readonly Linear out_proj;
        private readonly long _heads;
        private readonly double _dropout;
        private readonly bool _addZeroAttention;

        internal MultiheadAttention(
            long embedded, long heads, double dropout, bool bias, bool add_bias_kv, bool add_zero_attn, long? kdim,
            long? vdim) : base(nameof(MultiheadAttention))
        {
            if (embedded % heads != 0)
                throw new ArgumentException($"The embedding ({embedded}) must be divisible by the heads ({heads}).");
            (_heads, _dropout, _addZeroAttention) = (heads, dropout, add_zero_attn);
            var (keys, values) = (kdim ?? embedded, vdim ?? embedded);
            if (keys == embedded && values == embedded)
            {
                in_proj_weight = Parameter.Empty(null, null, 3 * embedded, embedded);
            }
            else
            {
                q_proj_weight = Parameter.Empty(null, null, embedded, embedded);
                k_proj_weight = Parameter.Empty(null, null, embedded, keys);
                v_proj_weight = Parameter.Empty(null, null, embedded, values);
            }
            if (bias) in_proj_bias = Parameter.Zeros(null, null, 3 * embedded);
            out_proj = Linear(embedded, embedded, bias);
            if (out_proj.bias is not null) init.zeros_(out_proj.bias);
            foreach (var weight in new[] { in_proj_weight, q_proj_weight, k_proj_weight, v_proj_weight })
            {
                if (weight is not null) init.xavier_uniform_(weight);
            }
            if (add_bias_kv)
            {
                bias_k = Parameter.Empty(null, null, 1, 1, embedded);
                bias_v = Parameter.Empty(null, null, 1, 1, embedded);
                init.xavier_normal_(bias_k);
                init.xavier_normal_(bias_v);
            }
            RegisterComponents();
        }

        public new Tuple<Tensor, Tensor> call(
            Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true,
            Tensor? attn_mask = null) =>
            base.call(query, key, value, key_padding_mask!, need_weights, attn_mask!);

        /// <summary>
        /// The attended values [target, batch, embed] and, if asked for, the weights [batch, target, source] averaged
        /// over the heads (otherwise null).
        /// </summary>
        public override Tuple<Tensor, Tensor> forward(
            Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask, bool need_weights, Tensor? attn_mask)
        {
            using var scope = NewDisposeScope();
            var (target, batch, embedded) = (query.size(0), query.size(1), query.size(2));
            var (q, k, v) = Projected(query, key, value);
            if (bias_k is not null && bias_v is not null)
            {
                k = cat([k, bias_k.expand(1, batch, embedded)], 0);
                v = cat([v, bias_v.expand(1, batch, embedded)], 0);
            }
            var (heads, headSize) = (_heads, embedded / _heads);
            q = q.reshape(target, batch * heads, headSize).transpose(0, 1);
            k = k.reshape(k.size(0), batch * heads, headSize).transpose(0, 1);
            v = v.reshape(v.size(0), batch * heads, headSize).transpose(0, 1);
            if (_addZeroAttention)
            {
                k = cat([k, zeros([batch * heads, 1, headSize], k.dtype, k.device)], 1);
                v = cat([v, zeros([batch * heads, 1, headSize], v.dtype, v.device)], 1);
            }
            var source = k.size(1);
            var scores = q.mul(1 / Math.Sqrt(headSize)).bmm(k.transpose(1, 2));
            var mask = AttentionMask.Combined(attn_mask, key_padding_mask, batch, heads, target, source, q.dtype);
            if (mask is not null) scores = scores.add(mask);
            var weights = functional.softmax(scores, -1);
            var dropped = functional.dropout(weights, _dropout, training && _dropout > 0);
            var joined = dropped.bmm(v).transpose(0, 1).reshape(target, batch, embedded);
            var attended = out_proj.call(joined).MoveToOuterDisposeScope();
            if (!need_weights) return new(attended, null!);
            var mean = weights.view(batch, heads, target, source).mean([1]);
            return new(attended, mean.MoveToOuterDisposeScope());
        }

        private (Tensor, Tensor, Tensor) Projected(Tensor query, Tensor key, Tensor value)
        {
            var biases = in_proj_bias?.chunk(3);
            if (in_proj_weight is not null && ReferenceEquals(query, key) && ReferenceEquals(key, value))
            {
                var all = functional.linear(query, in_proj_weight, in_proj_bias).chunk(3, -1);
                return (all[0], all[1], all[2]);
            }
            var weights = in_proj_weight?.chunk(3) ?? [q_proj_weight!, k_proj_weight!, v_proj_weight!];
            return (
                functional.linear(query, weights[0], biases?[0]), functional.linear(key, weights[1], biases?[1]),
                functional.linear(value, weights[2], biases?[2]));
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.MultiheadAttention MultiheadAttention(
                long embedded_dim, long num_heads, double dropout = 0, bool bias = true, bool add_bias_kv = false,
                bool add_zero_attn = false, long? kdim = null, long? vdim = null) =>
                new(embedded_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim, vdim);
        }
    }
}
