using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>One step of a plain recurrent layer: [batch, features] to [batch, hidden].</summary>
    public sealed class RNNCell : Module<Tensor, Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight_ih))]
        private Parameter? _weightInput;

        [ComponentName(Name = nameof(weight_hh))]
        private Parameter? _weightHidden;

        [ComponentName(Name = nameof(bias_ih))]
        private Parameter? _biasInput;

        [ComponentName(Name = nameof(bias_hh))]
        private Parameter? _biasHidden;

        private readonly NonLinearities _nonLinearity;

        internal RNNCell(
            long inputs, long hidden, NonLinearities nonLinearity, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(RNNCell))
        {
            _nonLinearity = nonLinearity;
            (_weightInput, _weightHidden, _biasInput, _biasHidden) =
                CellWeights.Make(inputs, hidden, gates: 1, bias, device, dtype);
            RegisterComponents();
        }

        public Parameter? weight_ih
        {
            get => _weightInput;
            set => Assign(ref _weightInput, value, nameof(weight_ih));
        }

        public Parameter? weight_hh
        {
            get => _weightHidden;
            set => Assign(ref _weightHidden, value, nameof(weight_hh));
        }

        public Parameter? bias_ih
        {
            get => _biasInput;
            set => Assign(ref _biasInput, value, nameof(bias_ih));
        }

        public Parameter? bias_hh
        {
            get => _biasHidden;
            set => Assign(ref _biasHidden, value, nameof(bias_hh));
        }

        public override Tensor forward(Tensor input, Tensor? h0 = null)
        {
            using var scope = NewDisposeScope();
            var state = CellWeights.State(h0, input, _weightHidden!);
            var next = _nonLinearity == NonLinearities.ReLU
                ? Aten.rnn_relu_cell(input, state, _weightInput!, _weightHidden!, _biasInput, _biasHidden)
                : Aten.rnn_tanh_cell(input, state, _weightInput!, _weightHidden!, _biasInput, _biasHidden);
            return next.MoveToOuterDisposeScope();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.RNNCell RNNCell(
                long inputSize, long hiddenSize, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, nonLinearity, bias, device, dtype);
        }
    }
}
