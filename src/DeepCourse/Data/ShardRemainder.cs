namespace DeepCourse.Data;

/// <summary>What becomes of the items that are left when an epoch can't be divided evenly among processes.</summary>
public enum ShardRemainder
{
    /// <summary>The first items of the epoch's order are read once more, so that all processes have equally many: what
    /// training needs, where processes wait for each other after every batch. Every item is read at least once.</summary>
    Repeat,

    /// <summary>They are left out of this epoch, fewer than there are processes; with a shuffled order, others the next
    /// time.</summary>
    Drop,

    /// <summary>The first processes read one more each: every item is read exactly once, as a measurement wants it.
    /// Processes may then differ by one batch and must not wait for each other before the end.</summary>
    Spread,
}
