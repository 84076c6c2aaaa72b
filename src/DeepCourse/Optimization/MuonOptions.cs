namespace DeepCourse.Optimization;

/// <summary>How <see cref="Muon"/> steps a group of parameters.</summary>
public sealed class MuonOptions : OptimizerOptions
{
    /// <summary>The share of the last step's direction that filter banks keep.</summary>
    public double Momentum { get; set; } = 0.6;

    /// <summary>The share that everything else keeps.</summary>
    public double OtherMomentum { get; set; } = 0.85;

    /// <summary>What the learning rate is multiplied by for matrices, such as a classifier's last layer.</summary>
    public double MatrixFactor { get; set; } = 1;

    /// <summary>What the learning rate is multiplied by for vectors, such as biases.</summary>
    public double VectorFactor { get; set; } = 1;

    /// <summary>The share of each weight that a step at the highest rate takes away, as a penalty inside the gradient;
    /// filter banks have none, their norm is fixed.</summary>
    public double WeightDecay { get; set; }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        base.SaveStateDict(writer);
        foreach (var value in (ReadOnlySpan<double>)[Momentum, OtherMomentum, MatrixFactor, VectorFactor, WeightDecay]) writer.Write(value);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        base.LoadStateDict(reader);
        (Momentum, OtherMomentum) = (reader.ReadDouble(), reader.ReadDouble());
        (MatrixFactor, VectorFactor, WeightDecay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
    }

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        if (source is not MuonOptions options) return;
        (Momentum, OtherMomentum) = (options.Momentum, options.OtherMomentum);
        (MatrixFactor, VectorFactor, WeightDecay) = (options.MatrixFactor, options.VectorFactor, options.WeightDecay);
    }
}
