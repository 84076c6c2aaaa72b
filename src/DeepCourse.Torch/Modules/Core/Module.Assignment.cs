using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Puts another parameter in a field and in the registry; the old one is disposed.</summary>
            private protected void Assign(ref Parameter? field, Parameter? value, string name)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value;
                ConditionallyRegisterParameter(name, value);
            }

            /// <summary>Puts another buffer in a layer's field and in its registry; the old one is disposed.</summary>
            private protected void Assign(ref Tensor? field, Tensor? value, string name)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value;
                ConditionallyRegisterBuffer(name, value);
            }
        }
    }
}
