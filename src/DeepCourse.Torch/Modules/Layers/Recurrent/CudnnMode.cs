namespace TorchSharp.Modules;

/// <summary>cuDNN's numbers for its kinds of recurrent layers.</summary>
internal enum CudnnMode
{
    Relu = 0,
    Tanh = 1,
    Lstm = 2,
    Gru = 3,
}
