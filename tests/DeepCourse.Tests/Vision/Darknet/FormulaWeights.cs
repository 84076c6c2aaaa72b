using DeepCourse.Vision.Darknet;

namespace DeepCourse.Tests.Vision.Darknet;

/// <summary>The weights that tests/Reference/make_yolo.py gives its networks: a hash of their place, to the bit.</summary>
internal static class FormulaWeights
{
    public static void Fill(DarknetNetwork network)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        foreach (var layer in network.Layers)
            foreach (var (record, place) in layer.Records.Select((record, place) => (record, place)))
            {
                var fan = record.Values.numel() / record.Values.shape[0];
                var scale = Math.Sqrt(12.0 / fan);
                var values = new float[record.Values.numel()];
                for (var k = 0; k < values.Length; k++)
                {
                    var u = Uniform((uint)layer.Index, (uint)place, (uint)k);
                    values[k] = (float)(record.Name switch
                    {
                        "biases" or "rolling means" => 0.2 * (u - 0.5),
                        "scales" => 0.75 + (0.5 * u),
                        "rolling variances" => 0.5 + u,
                        _ => (u - 0.5) * scale,
                    });
                }

                record.Values.copy_(torch.tensor(values, record.Values.shape));
            }
    }

    private static double Uniform(uint layer, uint record, uint k)
    {
        unchecked
        {
            var h = (k * 2654435761u) + (layer * 40503u) + (record * 9973u) + 12345u;
            h ^= h >> 15;
            h *= 2246822519u;
            h ^= h >> 13;
            return (h & 0xFFFFFF) / 16777216.0;
        }
    }
}
