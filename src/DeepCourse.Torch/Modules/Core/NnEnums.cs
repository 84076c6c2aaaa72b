namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How the elements of a loss become one number.</summary>
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        /// <summary>The activation between the two linear layers of a transformer block.</summary>
        public enum Activations
        {
            ReLU = 0,
            GELU = 1,
        }

        /// <summary>The activation of a plain recurrent cell.</summary>
        public enum NonLinearities
        {
            ReLU = 0,
            Tanh = 1,
        }
    }
}
