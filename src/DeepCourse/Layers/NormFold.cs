namespace DeepCourse.Layers;

/// <summary>A layer that has taken over the normalisation behind it, with what is needed to take that back.</summary>
internal sealed class NormFold : IDisposable
{
    private readonly Module _layer;
    private readonly BatchNorm _norm;
    private readonly List<(Tensor Place, Tensor Before)> _changed = [];
    private readonly bool _hadBias;

    /// <summary>Folds: the layer's weights are scaled, its bias takes the shift, and the normalisation becomes
    /// neutral.</summary>
    public NormFold(Module layer, BatchNorm norm)
    {
        (_layer, _norm, _hadBias) = (layer, norm, BiasOf(layer) is not null);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var weight = WeightOf(layer);
        // w' = w s / sqrt(v + e), b' = (b - m) s / sqrt(v + e) + t, for mean m, variance v, scale s and shift t.
        var factor = (norm.running_var! + norm.eps).rsqrt();
        if (norm.affine) factor = factor * norm.weight;
        var offset = (BiasOf(layer) is { } known ? known - norm.running_mean! : norm.running_mean!.neg()) * factor;
        if (norm.affine) offset = offset + norm.bias!;
        Change(weight, weight * factor.reshape(AlongOutputs(layer, weight)));
        if (BiasOf(layer) is { } bias) Change(bias, offset);
        else SetBias(layer, Kept(new Parameter(offset, weight.requires_grad)));
        Change(norm.running_mean!, zeros_like(norm.running_mean!));
        Change(norm.running_var!, full_like(norm.running_var!, 1 - norm.eps));
        if (norm.affine)
        {
            Change(norm.weight, ones_like(norm.weight));
            Change(norm.bias!, zeros_like(norm.bias!));
        }
        NormSwitch.Pass(norm, true);
    }

    /// <summary>Whether a layer's outputs can be scaled by changing its weights.</summary>
    public static bool CanTake(Module layer) =>
        layer is TorchSharp.Modules.Linear || (layer is Convolution convolution && !(convolution.transposed && convolution.groups > 1));

    /// <summary>Puts everything back.</summary>
    public void Undo()
    {
        using var frozen = no_grad();
        foreach (var (place, before) in _changed) place.copy_(before);
        if (!_hadBias) SetBias(_layer, null);
        NormSwitch.Pass(_norm, false);
    }

    /// <summary>Frees what <see cref="Undo"/> would need.</summary>
    public void Dispose()
    {
        foreach (var (_, before) in _changed) before.Dispose();
        _changed.Clear();
    }

    private void Change(Tensor place, Tensor value)
    {
        _changed.Add((place, place.detach().clone().DetachFromDisposeScope()));
        place.copy_(value);
    }

    // Outputs are the first axis of a weight, but the second of a transposed convolution's.
    private static long[] AlongOutputs(Module layer, Tensor weight)
    {
        var shape = new long[weight.dim()];
        Array.Fill(shape, 1);
        shape[layer is Convolution { transposed: true } ? 1 : 0] = -1;
        return shape;
    }

    private static Parameter Kept(Parameter parameter)
    {
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    private static Parameter WeightOf(Module layer) =>
        layer is Convolution convolution ? convolution.weight : ((TorchSharp.Modules.Linear)layer).weight;

    private static Parameter? BiasOf(Module layer) =>
        layer is Convolution convolution ? convolution.bias : ((TorchSharp.Modules.Linear)layer).bias;

    private static void SetBias(Module layer, Parameter? bias)
    {
        if (layer is Convolution convolution) convolution.bias = bias;
        else ((TorchSharp.Modules.Linear)layer).bias = bias;
    }
}
