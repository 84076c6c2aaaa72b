using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules
{
    /// <summary>Stacked long short-term memory layers (Hochreiter and Schmidhuber 1997).</summary>
    public sealed class LSTM : Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        private readonly RecurrentOptions _options;

        internal LSTM(RecurrentOptions options, Device? device, ScalarType? dtype) : base(nameof(LSTM))
        {
            _options = options;
            foreach (var (name, parameter) in RecurrentWeights.Make(options, gates: 4, device, dtype))
                register_parameter(name, parameter);
            flatten_parameters();
        }

        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) =>
            base.call(input, h0_c0);

        /// <summary>Outputs of every step, and the last hidden and cell state of every layer.</summary>
        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
        {
            using var scope = NewDisposeScope();
            var batch = _options.Batched(input, out var single);
            var count = _options.BatchOf(batch);
            var hidden = _options.State(h0_c0?.Item1, batch, count, single);
            var cell = _options.State(h0_c0?.Item2, batch, count, single);
            var (output, lastHidden, lastCell) = Aten.lstm_input(
                batch, [hidden, cell], RecurrentWeights.InOrder(_internal_params), _options.Bias, _options.Layers,
                _options.Dropout, training, _options.Bidirectional, _options.BatchFirst);
            if (single) (lastHidden, lastCell) = (lastHidden.squeeze(1), lastCell.squeeze(1));
            return scope.MoveToOuter(_options.Unbatched(output, single), lastHidden, lastCell);
        }

        public (PackedSequence, Tensor, Tensor) call(PackedSequence input, (Tensor, Tensor)? h0_c0 = null)
        {
            using var scope = NewDisposeScope();
            var count = RecurrentOptions.BatchOf(input);
            var hidden = RecurrentOptions.Ordered(
                _options.State(h0_c0?.Item1, input.data, count), input.sorted_indices);
            var cell = RecurrentOptions.Ordered(
                _options.State(h0_c0?.Item2, input.data, count), input.sorted_indices);
            var (data, lastHidden, lastCell) = Aten.lstm_data(
                input.data, input.batch_sizes, [hidden, cell], RecurrentWeights.InOrder(_internal_params),
                _options.Bias, _options.Layers, _options.Dropout, training, _options.Bidirectional);
            return (
                RecurrentOptions.Like(input, data).MoveToOuterDisposeScope(),
                RecurrentOptions.Ordered(lastHidden, input.unsorted_indices).MoveToOuterDisposeScope(),
                RecurrentOptions.Ordered(lastCell, input.unsorted_indices).MoveToOuterDisposeScope());
        }

        /// <summary>On CUDA puts all weights into one block, as cuDNN wants them; without this it copies them at every
        /// call. Done already where the layer was made on CUDA or moved there.</summary>
        public void flatten_parameters() =>
            RecurrentWeights.Flatten(_options, RecurrentWeights.InOrder(_internal_params), CudnnMode.Lstm);

        private protected override void Moved() => flatten_parameters();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LSTM LSTM(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional), device, dtype);
        }
    }
}
