namespace DeepCourse.Data;

/// <summary>Starts the description of a data set.</summary>
public static class DataBlock
{
    /// <summary>A data set whose items are raw samples already.</summary>
    /// <typeparam name="TRawX">Raw input.</typeparam>
    /// <typeparam name="TEncodedX">Encoded input.</typeparam>
    /// <typeparam name="TX">Inputs of a batch.</typeparam>
    /// <typeparam name="TRawY">Raw target.</typeparam>
    /// <typeparam name="TEncodedY">Encoded target.</typeparam>
    /// <typeparam name="TY">Targets of a batch.</typeparam>
    /// <param name="input">What the model sees.</param>
    /// <param name="target">What it should say.</param>
    public static DataBlock<Sample<TRawX, TRawY>, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>
        Of<TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>(
            IBlock<TRawX, TEncodedX, TX> input, IBlock<TRawY, TEncodedY, TY> target) =>
        new(input, target, sample => sample.Input, sample => sample.Target, nameOf: null);

    /// <summary>A data set whose items are read on the worker threads.</summary>
    /// <typeparam name="TItem">The item as it is listed: a path, an annotation.</typeparam>
    /// <typeparam name="TRawX">Raw input.</typeparam>
    /// <typeparam name="TEncodedX">Encoded input.</typeparam>
    /// <typeparam name="TX">Inputs of a batch.</typeparam>
    /// <typeparam name="TRawY">Raw target.</typeparam>
    /// <typeparam name="TEncodedY">Encoded target.</typeparam>
    /// <typeparam name="TY">Targets of a batch.</typeparam>
    /// <param name="input">What the model sees.</param>
    /// <param name="target">What it should say.</param>
    /// <param name="readInput">Reads the raw input of an item: opens the picture.</param>
    /// <param name="readTarget">Reads the raw target of an item: its folder's name, its annotation.</param>
    /// <param name="nameOf">The path of an item, for splits and messages; by default the item itself if it is text.</param>
    public static DataBlock<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>
        Of<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>(
            IBlock<TRawX, TEncodedX, TX> input,
            IBlock<TRawY, TEncodedY, TY> target,
            Func<TItem, TRawX> readInput,
            Func<TItem, TRawY> readTarget,
            Func<TItem, string>? nameOf = null) =>
        new(input, target, readInput, readTarget, nameOf);
}
