using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>A stack of encoder layers that start from the same parameters: [time, batch, features].</summary>
    public sealed class TransformerEncoder
        : Module<Tensor, Tensor, Tensor, Tensor>, IModule<Tensor, Tensor, Tensor>, IModule<Tensor, Tensor>
    {
        /// <summary>The activation between the two linear layers.</summary>
        public enum Activations
        {
            ReLU = 0,
            GELU = 1,
        }

        private readonly ModuleList<TransformerEncoderLayer> layers;
        private readonly LayerNorm? norm;

        internal TransformerEncoder(TransformerEncoderLayer layer, long count, LayerNorm? norm = null)
            : base(nameof(TransformerEncoder))
        {
            layers = new ModuleList<TransformerEncoderLayer>();
            for (var index = 0L; index < count; index++) layers.Add(layer.Copy());
            this.norm = norm;
            RegisterComponents();
        }

        public Tensor call(Tensor src) => base.call(src, null!, null!);

        public Tensor call(Tensor src, Tensor src_mask) => base.call(src, src_mask, null!);

        public override Tensor forward(Tensor src, Tensor src_mask, Tensor src_key_padding_mask)
        {
            using var scope = NewDisposeScope();
            var output = src.alias();
            foreach (var layer in layers) output = layer.call(output, src_mask, src_key_padding_mask);
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
            public static Modules.TransformerEncoder TransformerEncoder(
                Modules.TransformerEncoderLayer encoder_layer, long num_layers) => new(encoder_layer, num_layers);
        }
    }
}
