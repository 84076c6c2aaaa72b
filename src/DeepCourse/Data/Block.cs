namespace DeepCourse.Data;

/// <summary>Makes blocks out of blocks.</summary>
public static class Block
{
    /// <summary>A record of two parts; the compiler finds all type arguments.</summary>
    /// <param name="first">Block of the first part.</param>
    /// <param name="second">Block of the second part.</param>
    /// <param name="raw">Takes raw records apart.</param>
    /// <param name="batch">Puts records of tensors together.</param>
    /// <returns>A block for the whole record.</returns>
    public static PairBlock<TRaw, TBatch, TRaw1, TEncoded1, TBatch1, TRaw2, TEncoded2, TBatch2>
        Pair<TRaw, TBatch, TRaw1, TEncoded1, TBatch1, TRaw2, TEncoded2, TBatch2>(
            IBlock<TRaw1, TEncoded1, TBatch1> first,
            IBlock<TRaw2, TEncoded2, TBatch2> second,
            Parts<TRaw, TRaw1, TRaw2> raw,
            Parts<TBatch, TBatch1, TBatch2> batch) => new(first, second, raw, batch);
}
