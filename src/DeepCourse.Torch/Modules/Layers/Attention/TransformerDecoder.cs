using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>A stack of decoder layers that start from the same parameters: [time, batch, features].</summary>
    public sealed class TransformerDecoder
        : Module<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>
    {
        private readonly ModuleList<TransformerDecoderLayer> layers;
        private readonly LayerNorm? norm;

        internal TransformerDecoder(TransformerDecoderLayer layer, long count, LayerNorm? norm = null)
            : base(nameof(TransformerDecoder))
        {
            layers = new ModuleList<TransformerDecoderLayer>();
            for (var index = 0L; index < count; index++) layers.Add(layer.Copy());
            this.norm = norm;
            RegisterComponents();
        }

        public Tensor call(Tensor tgt, Tensor memory) => base.call(tgt, memory, null!, null!, null!, null!);

        public new Tensor call(
            Tensor tgt, Tensor memory, Tensor tgt_mask, Tensor memory_mask = null!,
            Tensor tgt_key_padding_mask = null!, Tensor memory_key_padding_mask = null!) =>
            base.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);

        public override Tensor forward(
            Tensor tgt, Tensor memory, Tensor tgt_mask, Tensor memory_mask = null!,
            Tensor tgt_key_padding_mask = null!, Tensor memory_key_padding_mask = null!)
        {
            using var scope = NewDisposeScope();
            var output = tgt.alias();
            foreach (var layer in layers)
            {
                output = layer.call(
                    output, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
            }
            return (norm?.call(output) ?? output).MoveToOuterDisposeScope();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.TransformerDecoder TransformerDecoder(
                Modules.TransformerDecoderLayer decoder_layer, long num_layers) => new(decoder_layer, num_layers);
        }
    }
}
