using System.Collections;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with the shape of a managed array, holding a copy of its elements.</summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Span<long> sizes = stackalloc long[rawArray.Rank];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = rawArray.GetLongLength(i);
        return FromArray(rawArray, sizes, dtype, device, requires_grad);
    }

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        (dtype, device) switch
        {
            ({ } type, { } place) => data.to(type, place),
            ({ } type, null) => data.to(type),
            (null, { } place) => data.to(place),
            _ => Aten.alias(data),
        };

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) =>
        from_array(data, dtype, device);

    /// <summary>A one-dimensional tensor over the memory of a managed array, which both see; no copy is made.</summary>
    public static unsafe Tensor frombuffer(
        Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        var elementType = rawArray.GetType().GetElementType()!;
        var source = ElementTypes.Of(elementType);
        if (ElementTypes.Size(source) != ElementTypes.Size(dtype))
            throw new NotSupportedException($"An array of {elementType.Name} cannot be seen as {dtype}: the sizes differ.");
        if (count < 0) count = rawArray.LongLength - offset;
        if (offset < 0 || count < 0 || offset + count > rawArray.LongLength)
            throw new ArgumentOutOfRangeException(
                nameof(count), $"{count} elements from {offset} do not lie within an array of {rawArray.LongLength}.");
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        var start = (byte*)pin.AddrOfPinnedObject() + offset * ElementTypes.Size(dtype);
        IntPtr handle;
        var status = NativeMethods.dct_tensor_borrow(
            start, &count, 1, (int)dtype, &ReleasePin, (void*)GCHandle.ToIntPtr(pin), &handle);
        if (status != 0)
        {
            pin.Free();
            Errors.Throw();
        }
        return Tensor.Wrap(handle).requires_grad_(requires_grad);
    }

    [UnmanagedCallersOnly]
    private static unsafe void ReleasePin(void* context) => GCHandle.FromIntPtr((IntPtr)context).Free();

    internal static unsafe Tensor FromArray(
        Array source, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requiresGrad)
    {
        var sourceType = ElementTypes.Of(source.GetType().GetElementType()!);
        var bytes = MemoryMarshal.CreateReadOnlySpan(
            ref MemoryMarshal.GetArrayDataReference(source), checked((int)(source.LongLength * ElementTypes.Size(sourceType))));
        return FromBytes(bytes, sourceType, source.LongLength, sizes, dtype, device, requiresGrad);
    }

    internal static Tensor FromSpan<T>(
        ReadOnlySpan<T> source, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged =>
        FromBytes(MemoryMarshal.AsBytes(source), ElementTypes.Of<T>(), source.Length, sizes, dtype, device, requiresGrad);

    internal static Tensor FromList<T>(
        IList<T> source, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged =>
        FromSpan<T>(source is T[] array ? array : source is List<T> list ? CollectionsMarshal.AsSpan(list) : [.. source],
            sizes, dtype, device, requiresGrad);

    private static unsafe Tensor FromBytes(
        ReadOnlySpan<byte> source, ScalarType sourceType, long count, ReadOnlySpan<long> sizes,
        ScalarType? dtype, Device? device, bool requiresGrad)
    {
        long expected = 1;
        foreach (var size in sizes) expected *= size;
        if (expected != count)
            throw new ArgumentException(
                $"{count} numbers do not make a tensor of shape [{string.Join(", ", sizes.ToArray())}].", nameof(sizes));
        IntPtr handle;
        // sourceType is of the array's element size: the checked copy below never reads past it.
        fixed (byte* data = source)
        fixed (long* shape = sizes)
            Errors.Check(NativeMethods.dct_tensor_from_memory(data, shape, sizes.Length, (int)sourceType, 0, &handle));
        var tensor = Tensor.Wrap(handle);
        if (dtype is { } type && type != sourceType) tensor = Replace(tensor, tensor.to_type(type));
        device ??= defaultDevice;
        if (device.type != DeviceType.CPU) tensor = Replace(tensor, tensor.to(device));
        return requiresGrad ? tensor.requires_grad_(true) : tensor;
    }

    private static Tensor Replace(Tensor old, Tensor replacement)
    {
        old.Dispose();
        return replacement;
    }
}
