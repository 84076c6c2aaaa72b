namespace DeepCourse.Vision.Datasets;

/// <summary>Pictures to learn from and pictures to judge by.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Test">To judge by.</param>
public sealed record PictureSets(LabeledPictures Training, LabeledPictures Test) : IDisposable
{
    /// <summary>Both on a device; these are disposed where they have to be copied.</summary>
    /// <param name="device">Where batches are wanted.</param>
    public PictureSets To(torch.Device device)
    {
        if (Training.Pictures.device.type == device.type) return this;
        using (this) return new(Training.To(device), Test.To(device));
    }

    /// <summary>Frees both.</summary>
    public void Dispose()
    {
        Training.Dispose();
        Test.Dispose();
    }
}
