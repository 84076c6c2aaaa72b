using System.Buffers.Binary;

namespace DeepCourse.Tensors.Formats;

/// <summary>Tells the formats of weights files apart by their first bytes.</summary>
internal static class WeightsFile
{
    private const int Probe = 9;

    public enum Kind
    {
        Safetensors,
        TorchZip,
        TorchLegacy,
    }

    public static Kind KindOf(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[Probe];
        var length = stream.ReadAtLeast(start, Probe, throwOnEndOfStream: false);
        stream.Position = 0;
        start = start[..length];
        if (start.StartsWith("PK\x03\x04"u8)) return Kind.TorchZip;
        if (length >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5) return Kind.TorchLegacy;
        if (length == Probe && start[8] == '{') return Kind.Safetensors;
        // A length that no file could have, where a safetensors header would start: say so, rather than "unknown".
        if (length == 8 || (length > 8 && BinaryPrimitives.ReadUInt64LittleEndian(start) > (ulong)stream.Length))
            return Kind.Safetensors;
        throw DataFormatException.AtByte(
            path, 0, "expected safetensors or a PyTorch state dict (zip or pickle); the first bytes are neither");
    }
}
