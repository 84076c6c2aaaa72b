using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Self-attention, attention to the encoder's memory and a two-layer perceptron, each with a residual and a layer
    /// norm after it: [time, batch, features].
    /// </summary>
    public sealed class TransformerDecoderLayer
        : Module<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>, IModule<Tensor, Tensor, Tensor>
    {
        private readonly MultiheadAttention self_attn;
        private readonly MultiheadAttention multihead_attn;
        private readonly Linear linear1;
        private readonly Linear linear2;
        private readonly LayerNorm norm1;
        private readonly LayerNorm norm2;
        private readonly LayerNorm norm3;
        private readonly TransformerOptions _options;

        internal TransformerDecoderLayer(TransformerOptions options) : base(nameof(TransformerDecoderLayer))
        {
            _options = options;
            self_attn = MultiheadAttention(options.Features, options.Heads, options.Dropout);
            multihead_attn = MultiheadAttention(options.Features, options.Heads, options.Dropout);
            linear1 = Linear(options.Features, options.Feedforward);
            linear2 = Linear(options.Feedforward, options.Features);
            norm1 = LayerNorm(options.Features);
            norm2 = LayerNorm(options.Features);
            norm3 = LayerNorm(options.Features);
            RegisterComponents();
        }

        internal TransformerDecoderLayer Copy() =>
            TransformerOptions.Copied(this, new TransformerDecoderLayer(_options));

        public Tensor call(Tensor tgt, Tensor memory) => base.call(tgt, memory, null!, null!, null!, null!);

        public new Tensor call(
            Tensor tgt, Tensor memory, Tensor tgt_mask, Tensor memory_mask = null!,
            Tensor tgt_key_padding_mask = null!, Tensor memory_key_padding_mask = null!) =>
            base.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);

        public override Tensor forward(
            Tensor tgt, Tensor memory, Tensor tgt_mask, Tensor memory_mask, Tensor tgt_key_padding_mask,
            Tensor memory_key_padding_mask)
        {
            using var scope = NewDisposeScope();
            var own = self_attn.call(tgt, tgt, tgt, tgt_key_padding_mask, false, tgt_mask).Item1;
            var first = norm1.call(tgt.add(_options.Dropped(own, training)));
            var recalled = multihead_attn
                .call(first, memory, memory, memory_key_padding_mask, false, memory_mask).Item1;
            var second = norm2.call(first.add(_options.Dropped(recalled, training)));
            var hidden = _options.Dropped(_options.Activated(linear1.call(second)), training);
            return norm3.call(second.add(_options.Dropped(linear2.call(hidden), training))).MoveToOuterDisposeScope();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.TransformerDecoderLayer TransformerDecoderLayer(
                long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1,
                Activations activation = Activations.ReLU) =>
                new(new(d_model, nhead, dim_feedforward, dropout, activation));
        }
    }
}
