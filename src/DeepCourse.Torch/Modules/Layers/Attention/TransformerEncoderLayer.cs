using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Self-attention and a two-layer perceptron, each with a residual and a layer norm after it: [time, batch,
    /// features].
    /// </summary>
    public sealed class TransformerEncoderLayer
        : Module<Tensor, Tensor>, IModule<Tensor, Tensor, Tensor, Tensor>, IModule<Tensor, Tensor, Tensor>
    {
        private readonly MultiheadAttention self_attn;
        private readonly Linear linear1;
        private readonly Linear linear2;
        private readonly LayerNorm norm1;
        private readonly LayerNorm norm2;
        private readonly TransformerOptions _options;

        internal TransformerEncoderLayer(TransformerOptions options) : base(nameof(TransformerEncoderLayer))
        {
            _options = options;
            self_attn = MultiheadAttention(options.Features, options.Heads, options.Dropout);
            linear1 = Linear(options.Features, options.Feedforward);
            linear2 = Linear(options.Feedforward, options.Features);
            norm1 = LayerNorm(options.Features);
            norm2 = LayerNorm(options.Features);
            RegisterComponents();
        }

        internal TransformerEncoderLayer Copy() =>
            TransformerOptions.Copied(this, new TransformerEncoderLayer(_options));

        public Tensor call(Tensor src, Tensor src_mask) => call(src, src_mask, null!);

        /// <summary>Masks have no hooks: they see plain calls only.</summary>
        public Tensor call(Tensor src, Tensor src_mask, Tensor src_key_padding_mask)
        {
            using var scope = NewDisposeScope();
            var attended = self_attn.call(src, src, src, src_key_padding_mask, false, src_mask).Item1;
            var inner = norm1.call(src.add(_options.Dropped(attended, training)));
            var hidden = _options.Dropped(_options.Activated(linear1.call(inner)), training);
            return norm2.call(inner.add(_options.Dropped(linear2.call(hidden), training))).MoveToOuterDisposeScope();
        }

        public override Tensor forward(Tensor src) => call(src, null!, null!);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.TransformerEncoderLayer TransformerEncoderLayer(
                long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1,
                Activations activation = Activations.ReLU) =>
                new(new(d_model, nhead, dim_feedforward, dropout, activation));
        }
    }
}
