using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules
{
    /// <summary>Stacked gated recurrent layers (Cho et al. 2014).</summary>
    public sealed class GRU : Module<Tensor, Tensor, (Tensor, Tensor)>
    {
        private readonly RecurrentOptions _options;

        internal GRU(RecurrentOptions options, Device? device, ScalarType? dtype) : base(nameof(GRU))
        {
            _options = options;
            foreach (var (name, parameter) in RecurrentWeights.Make(options, gates: 3, device, dtype))
                register_parameter(name, parameter);
            flatten_parameters();
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor h0 = null!) => base.call(input, h0);

        /// <summary>Outputs of every step, and the last hidden state of every layer.</summary>
        public override (Tensor, Tensor) forward(Tensor input, Tensor h0 = null!)
        {
            using var scope = NewDisposeScope();
            var batch = _options.Batched(input, out var single);
            var hidden = _options.State(h0, batch, _options.BatchOf(batch), single);
            var (output, last) = Aten.gru_input(
                batch, hidden, RecurrentWeights.InOrder(_internal_params), _options.Bias, _options.Layers,
                _options.Dropout, training, _options.Bidirectional, _options.BatchFirst);
            return scope.MoveToOuter(_options.Unbatched(output, single), single ? last.squeeze(1) : last);
        }

        public (PackedSequence, Tensor) call(PackedSequence input, Tensor h0 = null!)
        {
            using var scope = NewDisposeScope();
            var state = _options.State(h0, input.data, RecurrentOptions.BatchOf(input));
            var (data, last) = Aten.gru_data(
                input.data, input.batch_sizes, RecurrentOptions.Ordered(state, input.sorted_indices),
                RecurrentWeights.InOrder(_internal_params), _options.Bias, _options.Layers, _options.Dropout,
                training, _options.Bidirectional);
            return (
                RecurrentOptions.Like(input, data).MoveToOuterDisposeScope(),
                RecurrentOptions.Ordered(last, input.unsorted_indices).MoveToOuterDisposeScope());
        }

        /// <summary>On CUDA puts all weights into one block, as cuDNN wants them; without this it copies them at every
        /// call. Done already where the layer was made on CUDA or moved there.</summary>
        public void flatten_parameters() =>
            RecurrentWeights.Flatten(_options, RecurrentWeights.InOrder(_internal_params), CudnnMode.Gru);

        private protected override void Moved() => flatten_parameters();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.GRU GRU(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device device = null!, ScalarType? dtype = null) =>
                new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional), device, dtype);
        }
    }
}
