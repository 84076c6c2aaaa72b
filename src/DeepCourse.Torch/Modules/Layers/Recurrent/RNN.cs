using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules
{
    /// <summary>Stacked plain recurrent layers with tanh or ReLU (Elman 1990).</summary>
    public sealed class RNN : Module<Tensor, Tensor, (Tensor, Tensor)>
    {
        private readonly RecurrentOptions _options;
        private readonly NonLinearities _nonLinearity;

        internal RNN(RecurrentOptions options, NonLinearities nonLinearity, Device? device, ScalarType? dtype)
            : base(nameof(RNN))
        {
            (_options, _nonLinearity) = (options, nonLinearity);
            foreach (var (name, parameter) in RecurrentWeights.Make(options, gates: 1, device, dtype))
                register_parameter(name, parameter);
            flatten_parameters();
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0!);

        /// <summary>Outputs of every step, and the last hidden state of every layer.</summary>
        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0)
        {
            using var scope = NewDisposeScope();
            var batch = _options.Batched(input, out var single);
            var hidden = _options.State(h0, batch, _options.BatchOf(batch), single);
            var weights = RecurrentWeights.InOrder(_internal_params);
            var (output, last) = _nonLinearity == NonLinearities.ReLU
                ? Aten.rnn_relu_input(
                    batch, hidden, weights, _options.Bias, _options.Layers, _options.Dropout, training,
                    _options.Bidirectional, _options.BatchFirst)
                : Aten.rnn_tanh_input(
                    batch, hidden, weights, _options.Bias, _options.Layers, _options.Dropout, training,
                    _options.Bidirectional, _options.BatchFirst);
            return scope.MoveToOuter(_options.Unbatched(output, single), single ? last.squeeze(1) : last);
        }

        public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null)
        {
            using var scope = NewDisposeScope();
            var state = _options.State(h0, input.data, RecurrentOptions.BatchOf(input));
            var hidden = RecurrentOptions.Ordered(state, input.sorted_indices);
            var weights = RecurrentWeights.InOrder(_internal_params);
            var (data, last) = _nonLinearity == NonLinearities.ReLU
                ? Aten.rnn_relu_data(
                    input.data, input.batch_sizes, hidden, weights, _options.Bias, _options.Layers,
                    _options.Dropout, training, _options.Bidirectional)
                : Aten.rnn_tanh_data(
                    input.data, input.batch_sizes, hidden, weights, _options.Bias, _options.Layers,
                    _options.Dropout, training, _options.Bidirectional);
            return (
                RecurrentOptions.Like(input, data).MoveToOuterDisposeScope(),
                RecurrentOptions.Ordered(last, input.unsorted_indices).MoveToOuterDisposeScope());
        }

        public Parameter? get_weight_ih(long idx) => Weight("weight_ih", idx);

        public Parameter? get_weight_hh(long idx) => Weight("weight_hh", idx);

        public Parameter? get_bias_ih(long idx) => Weight("bias_ih", idx);

        public Parameter? get_bias_hh(long idx) => Weight("bias_hh", idx);

        /// <summary>On CUDA puts all weights into one block, as cuDNN wants them; without this it copies them at every
        /// call. Done already where the layer was made on CUDA or moved there.</summary>
        public void flatten_parameters() =>
            RecurrentWeights.Flatten(
                _options, RecurrentWeights.InOrder(_internal_params),
                _nonLinearity == NonLinearities.ReLU ? CudnnMode.Relu : CudnnMode.Tanh);

        private protected override void Moved() => flatten_parameters();

        // The index counts directions within layers.
        private Parameter? Weight(string name, long index)
        {
            var reverse = index % _options.Directions == 1 ? "_reverse" : "";
            return get_parameter($"{name}_l{index / _options.Directions}{reverse}");
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.RNN RNN(
                long inputSize, long hiddenSize, long numLayers = 1,
                NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(
                    new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional), nonLinearity,
                    device, dtype);
        }
    }
}
