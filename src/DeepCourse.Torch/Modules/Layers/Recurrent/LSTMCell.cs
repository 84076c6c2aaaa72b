using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>One step of a long short-term memory: [batch, features] to hidden and cell state.</summary>
    public sealed class LSTMCell : Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)>
    {
        [ComponentName(Name = nameof(weight_ih))]
        private Parameter? _weightInput;

        [ComponentName(Name = nameof(weight_hh))]
        private Parameter? _weightHidden;

        [ComponentName(Name = nameof(bias_ih))]
        private Parameter? _biasInput;

        [ComponentName(Name = nameof(bias_hh))]
        private Parameter? _biasHidden;

        internal LSTMCell(long inputs, long hidden, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(LSTMCell))
        {
            (_weightInput, _weightHidden, _biasInput, _biasHidden) =
                CellWeights.Make(inputs, hidden, gates: 4, bias, device, dtype);
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

        public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0)
        {
            using var scope = NewDisposeScope();
            var hidden = CellWeights.State(h0_c0?.Item1, input, _weightHidden!);
            var cell = CellWeights.State(h0_c0?.Item2, input, _weightHidden!);
            var (nextHidden, nextCell) = Aten.lstm_cell(
                input, [hidden, cell], _weightInput!, _weightHidden!, _biasInput, _biasHidden);
            return scope.MoveToOuter(nextHidden, nextCell);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LSTMCell LSTMCell(
                long inputSize, long hiddenSize, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, bias, device, dtype);
        }
    }
}
