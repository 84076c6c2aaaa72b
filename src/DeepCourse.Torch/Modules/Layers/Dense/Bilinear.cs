using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>x1^T A x2 + b for every output: [..., in1] and [..., in2] to [..., out].</summary>
    public sealed class Bilinear : Module<Tensor, Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        [ComponentName(Name = nameof(bias))]
        private Parameter? _bias;

        internal Bilinear(long in1, long in2, long outputs, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Bilinear))
        {
            (in1_features, in2_features, out_features) = (in1, in2, outputs);
            var bound = 1 / Math.Sqrt(in1);
            _weight = Parameter.Empty(device, dtype, outputs, in1, in2);
            init.uniform_(_weight, -bound, bound);
            if (hasBias)
            {
                _bias = Parameter.Empty(device, dtype, outputs);
                init.uniform_(_bias, -bound, bound);
            }
            RegisterComponents();
        }

        public long in1_features { get; set; }

        public long in2_features { get; set; }

        public long out_features { get; set; }

        public Parameter weight
        {
            get => _weight!;
            set => Assign(ref _weight, value, nameof(weight));
        }

        public Parameter? bias
        {
            get => _bias;
            set => Assign(ref _bias, value, nameof(bias));
        }

        public override Tensor forward(Tensor input1, Tensor input2) =>
            functional.bilinear(input1, input2, _weight!, _bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Bilinear Bilinear(
                long in1_features, long in2_features, long out_features, bool hasBias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in1_features, in2_features, out_features, hasBias, device, dtype);
        }
    }
}
