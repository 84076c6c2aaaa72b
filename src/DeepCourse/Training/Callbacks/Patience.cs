namespace DeepCourse.Training.Callbacks;

/// <summary>Counts the epochs in which a number has not become better.</summary>
/// <param name="monitor">What to watch; by default the validation loss.</param>
/// <param name="change">By how much a value must be better to count.</param>
internal sealed class Patience(Monitor? monitor, double change = 0)
{
    /// <summary>What is watched.</summary>
    public Monitor Monitor { get; } = monitor ?? Monitor.ValidationLoss;

    /// <summary>The best value so far; not a number where there is none.</summary>
    public double Best { get; private set; } = double.NaN;

    /// <summary>How many epochs ago that was, or the count was begun again.</summary>
    public int Waited { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Reset() => (Best, Waited) = (double.NaN, 0);

    /// <summary>Begins to count again; the best value stays.</summary>
    public void BeginAgain() => Waited = 0;

    /// <summary>Takes in an epoch that ends.</summary>
    /// <returns>How many have passed without a better value.</returns>
    public int Count(Run run)
    {
        var value = Monitor.Read(run);
        if (Monitor.IsBetter(value, Best, change)) (Best, Waited) = (value, 0);
        else Waited++;
        return Waited;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Best);
        writer.Write(Waited);
    }

    public void Load(BinaryReader reader) => (Best, Waited) = (reader.ReadDouble(), reader.ReadInt32());
}
