using DeepCourse.Data;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>Makes frames and their objects, one for each picture of a set, on the workers.</summary>
internal sealed class ObjectSource : IItemSource<EncodedPair<EncodedImage, LabeledBox[]>>
{
    private readonly AnnotatedImages _images;
    private readonly IDataset<MarkedPicture> _pictures;
    private readonly DetectionData _how;
    private readonly bool _isForTraining;
    private readonly byte[] _fill;
    private readonly ObjectsBlock _objects;

    public ObjectSource(AnnotatedImages images, DetectionData how, bool isForTraining)
    {
        (_images, _how, _isForTraining) = (images, how, isForTraining);
        _pictures = how.CacheScale is { } scale
            ? new CachedDataset<MarkedPicture>(new Decoded(images, how.Resize, scale, how.Filter))
            : new Undecoded(images);
        _fill = how.Statistics.MeanColour();
        _objects = new(images.Classes.Count);
    }

    public int Count => _images.Count;

    public EncodedPair<EncodedImage, LabeledBox[]> Encode(int index, Random random)
    {
        var collage = Compose(index, random);
        var objects = _objects.Encode(collage.Objects(_how.LeastVisible), random);
        return new(collage.Render(_fill, _how.Filter), objects);
    }

    public string NameOf(int index) => _images[index].Path;

    public Batch<Tensor, DetectionTargets> Collate(IReadOnlyList<EncodedPair<EncodedImage, LabeledBox[]>> items) => new(
        ImageBatch.Of([.. items.Select(item => item.First)]), _objects.Collate([.. items.Select(item => item.Second)]),
        items.Count);

    private Collage Compose(int index, Random random)
    {
        var picture = _pictures[index];
        if (_isForTraining && _how.Mosaic is { } mosaic && random.NextDouble() < mosaic.Probability)
        {
            MarkedPicture[] four = [picture, .. Enumerable.Range(1, Mosaic.Count - 1).Select(_ => _pictures[random.Next(Count)])];
            return new(_how.Resize.Frame, mosaic.Draw(four, _how.Resize, random));
        }
        var view = PixelArea.Whole(picture.Size);
        if (_isForTraining)
            foreach (var augmentation in _how.Views)
                if (random.NextDouble() < augmentation.Probability) view = augmentation.Draw(view, picture.Boxes, random);
        return ViewPlacement.Of(view, picture.Size, _how.Resize, random) is { } placement
            ? new(_how.Resize.Frame, [new(picture, placement)])
            : throw new InvalidOperationException($"nothing of a picture of {picture.Size} is in the view {view}");
    }

    private sealed class Undecoded(AnnotatedImages images) : IDataset<MarkedPicture>
    {
        public int Count => images.Count;

        public MarkedPicture this[int index] => MarkedPicture.Of(images[index]);
    }

    private sealed class Decoded(AnnotatedImages images, Resize resize, double multiple, ResizeFilter filter)
        : IDataset<MarkedPicture>
    {
        public int Count => images.Count;

        public MarkedPicture this[int index] => MarkedPicture.Of(images[index]).Decoded(resize, multiple, filter);
    }
}
