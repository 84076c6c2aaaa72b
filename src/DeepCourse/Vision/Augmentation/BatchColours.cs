namespace DeepCourse.Vision.Augmentation;

/// <summary>Changes colours of a batch, one map an item.</summary>
internal static class BatchColours
{
    /// <summary>Applies the maps and clips to 0..1, as a camera would.</summary>
    /// <param name="images">float32 in 0..1, [batch, 3, height, width].</param>
    /// <param name="maps">One a picture.</param>
    public static Tensor Apply(Tensor images, IReadOnlyList<ColourMap> maps)
    {
        var offsets = Numbers(maps, 1, map => [map.Offset], images.device);
        if (maps.All(map => map.IsGain))
            return images.mul(Numbers(maps, 1, map => [map.Matrix[0]], images.device)).add_(offsets).clamp_(0, 1);
        var (batch, height, width) = (images.shape[0], images.shape[2], images.shape[3]);
        var matrices = Numbers(maps, 9, map => map.Matrix, images.device).view(batch, 3, 3);
        // Either order of the memory is multiplied as it lies, without a copy.
        if (images.is_contiguous())
            return torch.matmul(matrices, images.view(batch, 3, height * width)).view(batch, 3, height, width)
                .add_(offsets).clamp_(0, 1);
        var rows = images.permute(0, 2, 3, 1).reshape(batch, height * width, 3);
        var mixed = torch.matmul(rows, matrices.transpose(1, 2)).view(batch, height, width, 3).permute(0, 3, 1, 2);
        return mixed.add_(offsets).clamp_(0, 1);
    }

    /// <summary>(x - mean) / deviation, in place.</summary>
    public static Tensor Normalize(Tensor images, ImageStatistics statistics)
    {
        var (scale, shift) = statistics.ToTensors(images.device);
        return images.mul_(scale.mul_(255)).add_(shift);
    }

    private static Tensor Numbers(
        IReadOnlyList<ColourMap> maps, long count, Func<ColourMap, IReadOnlyList<double>> numbersOf,
        torch.Device device) =>
        torch.tensor(
            [.. maps.SelectMany(numbersOf).Select(number => (float)number)], [maps.Count, count, 1, 1], device: device);
}
