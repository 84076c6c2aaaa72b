namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>Places of a list by class; within a class they keep their order.</summary>
internal sealed class ClassGroups
{
    private readonly int[] _starts;

    private ClassGroups(int[] places, int[] starts) => (Places, _starts) = (places, starts);

    /// <summary>All places, class after class.</summary>
    public int[] Places { get; }

    /// <summary>How many classes occur.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Where in <see cref="Places"/> a class lies.</summary>
    public (int Start, int Length) Range(int group) => (_starts[group], _starts[group + 1] - _starts[group]);

    /// <summary>Groups a list.</summary>
    /// <param name="classes">The class of each item, any numbers.</param>
    /// <param name="order">The list: indices of items.</param>
    public static ClassGroups Of(ReadOnlySpan<long> classes, ReadOnlySpan<int> order)
    {
        var numbers = new Dictionary<long, int>();
        var groupOf = new int[order.Length];
        var (last, group) = (0L, -1);
        for (var i = 0; i < groupOf.Length; i++)
        {
            var @class = classes[order[i]];
            if (group < 0 || @class != last)
            {
                if (!numbers.TryGetValue(@class, out group)) numbers.Add(@class, group = numbers.Count);
                last = @class;
            }
            groupOf[i] = group;
        }
        var starts = new int[numbers.Count + 1];
        foreach (var number in groupOf) starts[number + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var next = starts.AsSpan(0, numbers.Count).ToArray();
        var places = new int[order.Length];
        for (var i = 0; i < groupOf.Length; i++) places[next[groupOf[i]]++] = i;
        return new(places, starts);
    }
}
