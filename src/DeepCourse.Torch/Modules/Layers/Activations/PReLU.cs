using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Leaky ReLU whose slope is learned, one for all channels or one each (He et al. 2015).</summary>
    public sealed class PReLU : Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base(nameof(PReLU))
        {
            (this.num_parameters, this.init) = (num_parameters, init);
            _weight = new Parameter(full([num_parameters], init, dtype ?? get_default_dtype(), device)).Kept();
            RegisterComponents();
        }

        public double init { get; }

        public long num_parameters { get; }

        public Parameter weight
        {
            get => _weight!;
            set => Assign(ref _weight, value, nameof(weight));
        }

        public override Tensor forward(Tensor tensor) => functional.prelu(tensor, _weight!);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.PReLU PReLU(
                long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) =>
                new(num_parameters, init, device, dtype);
        }
    }
}
