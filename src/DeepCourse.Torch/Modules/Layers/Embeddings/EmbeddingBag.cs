using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Sums, averages or maximises the rows of bags of indices.</summary>
    public sealed class EmbeddingBag : Module<Tensor, Tensor, Tensor, Tensor>, IModule<Tensor, Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        private readonly double? _maxNorm;
        private readonly double _normType;
        private readonly bool _scaleByFrequency;
        private readonly EmbeddingBagMode _mode;
        private readonly bool _sparse;
        private readonly bool _includeLastOffset;
        private readonly long _paddingIndex;

        internal EmbeddingBag(
            Parameter weight, double? maxNorm, double normType, bool scaleByFrequency, EmbeddingBagMode mode,
            bool sparse, bool includeLastOffset, long paddingIndex) : base(nameof(EmbeddingBag))
        {
            (_weight, _maxNorm, _normType, _scaleByFrequency) = (weight, maxNorm, normType, scaleByFrequency);
            (_mode, _sparse, _includeLastOffset, _paddingIndex) = (mode, sparse, includeLastOffset, paddingIndex);
            RegisterComponents();
        }

        internal static Parameter Drawn(
            long rows, long columns, long paddingIndex, Device? device, ScalarType? dtype)
        {
            var weight = Parameter.Empty(device, dtype, rows, columns);
            init.normal_(weight);
            if (paddingIndex < 0) return weight;
            using var quiet = no_grad();
            using var row = weight.select(0, paddingIndex);
            row.zero_();
            return weight;
        }

        /// <summary>A copy of pretrained rows, learned further unless frozen.</summary>
        internal static Parameter Table(Tensor rows, bool freeze, Device? device, ScalarType? dtype)
        {
            using var quiet = no_grad();
            var copy = rows.to(dtype ?? rows.dtype, device ?? rows.device, copy: true);
            return new Parameter(copy, requires_grad: !freeze).Kept();
        }

        public Parameter? weight
        {
            get => _weight;
            set => Assign(ref _weight, value, nameof(weight));
        }

        public Tensor call(Tensor input) => base.call(input, null!, null!);

        public Tensor call(Tensor input, Tensor offsets) => base.call(input, offsets, null!);

        public new Tensor call(Tensor input, Tensor? offsets, Tensor? perSampleWeights) =>
            base.call(input, offsets!, perSampleWeights!);

        /// <summary>
        /// [batch, count] without offsets, or a flat list of indices with the start of every bag in it.
        /// </summary>
        public override Tensor forward(Tensor input, Tensor? offsets, Tensor? perSampleWeights)
        {
            using var scope = NewDisposeScope();
            if (_maxNorm is { } most)
            {
                using var quiet = no_grad();
                Aten.embedding_renorm_(_weight!, input, most, _normType);
            }
            var starts = offsets ?? StartsOf(input);
            var indices = offsets is null ? input.reshape(-1) : input;
            var weights = offsets is null ? perSampleWeights?.reshape(-1) : perSampleWeights;
            var (bags, _, _, _) = Aten.embedding_bag_padding_idx(
                _weight!, indices, starts, _scaleByFrequency, (long)_mode, _sparse, weights, _includeLastOffset,
                _paddingIndex < 0 ? null : _paddingIndex);
            return bags.MoveToOuterDisposeScope();
        }

        private static Tensor StartsOf(Tensor input)
        {
            if (input.ndim != 2)
                throw new ArgumentException("EmbeddingBag needs offsets, unless its input is [batch, count].");
            return arange(0, input.numel(), input.size(1), ScalarType.Int64, input.device);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.EmbeddingBag EmbeddingBag(
                long num_embeddings, long embedding_dims, double? max_norm = null, double norm_type = 2,
                bool scale_grad_by_freq = false, EmbeddingBagMode mode = EmbeddingBagMode.Mean, bool sparse = false,
                bool include_last_offset = false, long padding_index = -1, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    Modules.EmbeddingBag.Drawn(num_embeddings, embedding_dims, padding_index, device, dtype),
                    max_norm, norm_type, scale_grad_by_freq, mode, sparse, include_last_offset, padding_index);

            public static Modules.EmbeddingBag EmbeddingBag_from_pretrained(
                Tensor embeddings, bool freeze = true, double? max_norm = null, double norm_type = 2,
                bool scale_grad_by_freq = false, EmbeddingBagMode mode = EmbeddingBagMode.Mean, bool sparse = false,
                bool include_last_offset = false, long padding_index = -1, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    Modules.EmbeddingBag.Table(embeddings, freeze, device, dtype), max_norm, norm_type,
                    scale_grad_by_freq, mode, sparse, include_last_offset, padding_index);
        }
    }
}
