using DeepCourse.Text.Corpora;

namespace DeepCourse.Text.Loading;

/// <summary>Documents one after the other as one long row of tokens that is never put together: an order of documents,
/// and places in it.</summary>
internal sealed class TokenStream(IEncodedDocuments documents, int[]? order, bool backwards)
{
    private readonly int _count = order?.Length ?? documents.DocumentCount;

    /// <summary>A place in the stream: a document by its place in the order, and tokens already read of it.</summary>
    public readonly record struct Place(int Document, int Done);

    /// <summary>Finds the places of several rows in one pass over the order.</summary>
    /// <param name="first">The token of the stream where the first row begins.</param>
    /// <param name="distance">From the beginning of a row to that of the next.</param>
    /// <param name="rows">How many rows.</param>
    public Place[] Find(long first, long distance, int rows)
    {
        var places = new Place[rows];
        var row = 0;
        var start = 0L;
        for (var document = 0; document < _count && row < rows; document++)
        {
            var end = start + documents.LengthOf(At(document));
            for (; row < rows && first + row * distance < end; row++)
                places[row] = new(document, (int)(first + row * distance - start));
            start = end;
        }
        // Where nothing is left to read.
        for (; row < rows; row++) places[row] = new(_count, 0);
        return places;
    }

    /// <summary>Copies tokens and gives the place after them.</summary>
    public Place Read(Place place, Span<long> tokens)
    {
        while (tokens.Length > 0)
        {
            var document = At(place.Document);
            var length = documents.LengthOf(document);
            var count = Math.Min(tokens.Length, length - place.Done);
            var part = tokens[..count];
            if (backwards)
            {
                documents.Read(document, length - place.Done - count, part);
                part.Reverse();
            }
            else documents.Read(document, place.Done, part);
            tokens = tokens[count..];
            place = place.Done + count == length ? new(place.Document + 1, 0) : new(place.Document, place.Done + count);
        }
        return place;
    }

    private int At(int position) => order == null ? position : order[position];
}
