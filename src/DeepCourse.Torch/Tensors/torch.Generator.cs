namespace TorchSharp;

public static partial class torch
{
    public partial class Generator
    {
        private IntPtr handle;

        /// <summary>The native at::Generator*.</summary>
        public IntPtr Handle => handle;
    }
}
