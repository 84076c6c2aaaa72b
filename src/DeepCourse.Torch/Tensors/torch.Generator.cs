namespace TorchSharp;

public static partial class torch
{
    public partial class Generator
    {
        private IntPtr handle = IntPtr.Zero;

        /// <summary>The native at::Generator*.</summary>
        public IntPtr Handle => handle;
    }
}
