// The types of this API say nothing about null.
#nullable disable

namespace TorchSharp.Modules;

/// <summary>What a group of parameters is stepped with; what is null is taken from the optimizer's defaults.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    /// <summary>The rate that schedules are relative to.</summary>
    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        Write(writer, LearningRate);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = ReadDouble(reader);
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }

    /// <summary>Fills in what was left open.</summary>
    internal virtual void Complete(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        if (InitialLearningRate == 0) InitialLearningRate = LearningRate.GetValueOrDefault();
    }

    private protected static void Write(BinaryWriter writer, double? value)
    {
        writer.Write(value.HasValue);
        if (value.HasValue) writer.Write(value.Value);
    }

    private protected static void Write(BinaryWriter writer, bool? value)
    {
        writer.Write(value.HasValue);
        if (value.HasValue) writer.Write(value.Value);
    }

    private protected static double? ReadDouble(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadDouble() : null;

    private protected static bool? ReadBoolean(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadBoolean() : null;

    private protected static int Flag(bool? value) => value == true ? 1 : 0;
}
