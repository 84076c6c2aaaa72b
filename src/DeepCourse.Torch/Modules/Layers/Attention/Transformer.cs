using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Encoder and decoder of Vaswani et al. 2017: source and target as [time, batch, features].</summary>
    public sealed class Transformer : Module<Tensor, Tensor, Tensor>
    {
        private readonly TransformerEncoder encoder;
        private readonly TransformerDecoder decoder;

        internal Transformer(TransformerOptions options, long encoderLayers, long decoderLayers)
            : base(nameof(Transformer))
        {
            using (var layer = new TransformerEncoderLayer(options))
                encoder = new TransformerEncoder(layer, encoderLayers, LayerNorm(options.Features));
            using (var layer = new TransformerDecoderLayer(options))
                decoder = new TransformerDecoder(layer, decoderLayers, LayerNorm(options.Features));
            RegisterComponents();
            foreach (var parameter in parameters())
            {
                if (parameter.ndim > 1) init.xavier_uniform_(parameter);
            }
        }

        public Tensor call(
            Tensor src, Tensor tgt, Tensor src_mask, Tensor? tgt_mask = null, Tensor? memory_mask = null,
            Tensor? src_key_padding_mask = null, Tensor? tgt_key_padding_mask = null,
            Tensor? memory_key_padding_mask = null)
        {
            using var memory = encoder.call(src, src_mask, src_key_padding_mask!);
            return decoder.call(
                tgt, memory, tgt_mask!, memory_mask!, tgt_key_padding_mask!, memory_key_padding_mask!);
        }

        public override Tensor forward(Tensor src, Tensor tgt) => call(src, tgt, null!);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Transformer Transformer(
                long d_model = 512, long nhead = 8, long num_encoder_layers = 6, long num_decoder_layers = 6,
                long dim_feedforward = 2048, double dropout = 0.1, Activations activation = Activations.ReLU) =>
                new(new(d_model, nhead, dim_feedforward, dropout, activation), num_encoder_layers, num_decoder_layers);
        }
    }
}
