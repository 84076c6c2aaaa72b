using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal enum OptimizerAlgorithm
{
    SGD, Adam, RMSProp, Adagrad, Adadelta, Adamax, NAdam, RAdam, ASGD, Rprop,
}

/// <summary>
/// The options of a parameter group as the shim reads them (optimizers.h, struct Rule). The three coefficients are, by
/// algorithm: SGD momentum, dampening; the Adam family both betas (and NAdam's momentum decay); RMSProp alpha and
/// momentum; Adagrad its rate decay; Adadelta rho; ASGD lambda, alpha and t0; Rprop both etas and the largest step,
/// with the smallest step as epsilon.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OptimizerRule
{
    public OptimizerAlgorithm Algorithm;
    public int Maximize;
    public int Decoupled;
    public int Amsgrad;
    public int Nesterov;
    public int Centered;
    public double Rate;
    public double Decay;
    public double Epsilon;
    public double Alpha;
    public double Beta;
    public double Gamma;
}

/// <summary>One parameter and its state tensors (optimizers.h, struct Slot).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OptimizerSlot
{
    public IntPtr Parameter;
    public IntPtr First;
    public IntPtr Second;
    public IntPtr Third;
    public long Step;
    public double Number;
    public double Other;
}
