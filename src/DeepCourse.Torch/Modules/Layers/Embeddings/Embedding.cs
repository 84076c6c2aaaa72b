using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Looks up rows of a table: integers of any shape to [..., embedding_dims].</summary>
    public sealed class Embedding : Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        private readonly long _paddingIndex;
        private readonly double? _maxNorm;
        private readonly double _normType;
        private readonly bool _scaleByFrequency;
        private readonly bool _sparse;

        internal Embedding(
            Parameter weight, long? padding, double? maxNorm, double normType, bool scaleByFrequency, bool sparse)
            : base(nameof(Embedding))
        {
            var rows = weight.size(0);
            if (padding is { } index && (index < -rows || index >= rows))
                throw new ArgumentOutOfRangeException(nameof(padding), padding, $"The table has {rows} rows.");
            _paddingIndex = padding is { } row ? row + (row < 0 ? rows : 0) : -1;
            (_maxNorm, _normType) = (maxNorm, normType);
            (_scaleByFrequency, _sparse) = (scaleByFrequency, sparse);
            _weight = weight;
            RegisterComponents();
        }

        /// <summary>A table of normal random numbers with zeros in the padding row.</summary>
        internal static Embedding Drawn(
            long rows, long columns, long? padding, double? maxNorm, double normType, bool scaleByFrequency,
            bool sparse, Device? device, ScalarType? dtype)
        {
            var weight = Parameter.Empty(device, dtype, rows, columns);
            init.normal_(weight);
            var layer = new Embedding(weight, padding, maxNorm, normType, scaleByFrequency, sparse);
            if (layer._paddingIndex < 0) return layer;
            using var quiet = no_grad();
            using var row = weight.select(0, layer._paddingIndex);
            row.zero_();
            return layer;
        }

        public Parameter? weight
        {
            get => _weight;
            set => Assign(ref _weight, value, nameof(weight));
        }

        public override Tensor forward(Tensor input)
        {
            if (_maxNorm is { } most)
            {
                using var quiet = no_grad();
                Aten.embedding_renorm_(_weight!, input, most, _normType);
            }
            return Aten.embedding(_weight!, input, _paddingIndex, _scaleByFrequency, _sparse);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null,
                double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null,
                ScalarType? dtype = null) =>
                Modules.Embedding.Drawn(
                    num_embeddings, embedding_dims, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse,
                    device, dtype);

            public static Modules.Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null,
                double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    Modules.EmbeddingBag.Table(embeddings, freeze, device, dtype), padding_idx, max_norm, norm_type,
                    scale_grad_by_freq, sparse);
        }
    }
}
