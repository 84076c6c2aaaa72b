namespace TorchSharp;

/// <summary>A loss of two inputs with a reduction over its elements.</summary>
public abstract class Loss<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>
{
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(nameof(Loss<,,>)) =>
        this.reduction = reduction;

    public torch.nn.Reduction reduction { get; }
}

/// <summary>A loss whose elements or classes carry weights.</summary>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    [Utils.ComponentName(Name = "weight")]
    private readonly torch.Tensor? _weight;

    public WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction) => _weight = weight;

    public torch.Tensor? weight => _weight;
}

/// <summary>A loss of three inputs with a reduction over its elements.</summary>
public abstract class Loss<T1, T2, T3, TResult> : torch.nn.Module<T1, T2, T3, TResult>
{
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(nameof(Loss<,,>)) =>
        this.reduction = reduction;

    public torch.nn.Reduction reduction { get; }
}

/// <summary>A loss whose elements or classes carry weights.</summary>
public abstract class WeightedLoss<T1, T2, T3, TResult> : Loss<T1, T2, T3, TResult>
{
    [Utils.ComponentName(Name = "weight")]
    private readonly torch.Tensor? _weight;

    public WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction) => _weight = weight;

    public torch.Tensor? weight => _weight;
}

/// <summary>A loss of four inputs with a reduction over its elements.</summary>
public abstract class Loss<T1, T2, T3, T4, TResult> : torch.nn.Module<T1, T2, T3, T4, TResult>
{
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(nameof(Loss<,,>)) =>
        this.reduction = reduction;

    public torch.nn.Reduction reduction { get; }
}

/// <summary>A loss whose elements or classes carry weights.</summary>
public abstract class WeightedLoss<T1, T2, T3, T4, TResult> : Loss<T1, T2, T3, T4, TResult>
{
    [Utils.ComponentName(Name = "weight")]
    private readonly torch.Tensor? _weight;

    public WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction) => _weight = weight;

    public torch.Tensor? weight => _weight;
}
