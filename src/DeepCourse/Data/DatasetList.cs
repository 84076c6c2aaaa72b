using System.Collections;

namespace DeepCourse.Data;

/// <summary>Shows data sets as lists.</summary>
public static class DatasetList
{
    /// <summary>The items of a data set as a list that reads them when they are asked for, each time anew.</summary>
    /// <typeparam name="T">The raw item.</typeparam>
    /// <param name="dataset">The data set.</param>
    public static IReadOnlyList<T> AsList<T>(this IDataset<T> dataset) => new View<T>(dataset);

    private sealed class View<T>(IDataset<T> dataset) : IReadOnlyList<T>
    {
        public int Count => dataset.Count;

        public T this[int index] => dataset[index];

        public IEnumerator<T> GetEnumerator()
        {
            for (var index = 0; index < dataset.Count; index++) yield return dataset[index];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
