using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>
/// An operator of libtorch's dispatcher, looked up by name and overload at its first use. One that this libtorch
/// lacks fails at the call, not when the program starts.
/// </summary>
internal sealed unsafe class Operator(string name, string overload)
{
    // Their results have as many elements as there are values of some kind: the host must know how many.
    private static readonly HashSet<string> Waiting =
    [
        "aten::nonzero", "aten::masked_select", "aten::_unique", "aten::_unique2", "aten::unique_dim",
        "aten::unique_consecutive", "aten::unique_dim_consecutive", "aten::bincount",
    ];

    private readonly bool waits = Waiting.Contains(name);
    private IntPtr operation;
    private bool missing;

    internal string Name { get; } = overload.Length == 0 ? name : $"{name}.{overload}";

    internal bool Exists => Find(throwing: false) != IntPtr.Zero;

    internal string Schema
    {
        get
        {
            byte* text;
            Errors.Check(NativeMethods.dct_operation_schema(Find(throwing: true), &text));
            var schema = Marshal.PtrToStringUTF8((IntPtr)text)!;
            NativeMethods.dct_free(text);
            return schema;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal torch.Tensor One(Argument* arguments, int count)
    {
        Argument result;
        Call(arguments, count, &result, 1);
        return torch.Tensor.Wrap(result);
    }

    internal void None(Argument* arguments, int count) => Call(arguments, count, null, 0);

    /// <summary>Calls an operator whose result is its own argument: nothing comes back.</summary>
    internal void InPlace(Argument* arguments, int count) => Call(arguments, count, null, 0);

    internal (torch.Tensor, torch.Tensor) Two(Argument* arguments, int count)
    {
        var results = stackalloc Argument[2];
        Call(arguments, count, results, 2);
        return (torch.Tensor.Wrap(results[0]), torch.Tensor.Wrap(results[1]));
    }

    internal (torch.Tensor, torch.Tensor, torch.Tensor) Three(Argument* arguments, int count)
    {
        var results = stackalloc Argument[3];
        Call(arguments, count, results, 3);
        return (torch.Tensor.Wrap(results[0]), torch.Tensor.Wrap(results[1]), torch.Tensor.Wrap(results[2]));
    }

    internal (torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor) Four(Argument* arguments, int count)
    {
        var results = stackalloc Argument[4];
        Call(arguments, count, results, 4);
        return (torch.Tensor.Wrap(results[0]), torch.Tensor.Wrap(results[1]),
            torch.Tensor.Wrap(results[2]), torch.Tensor.Wrap(results[3]));
    }

    internal (torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor) Five(Argument* arguments, int count)
    {
        var results = stackalloc Argument[5];
        Call(arguments, count, results, 5);
        return (torch.Tensor.Wrap(results[0]), torch.Tensor.Wrap(results[1]), torch.Tensor.Wrap(results[2]),
            torch.Tensor.Wrap(results[3]), torch.Tensor.Wrap(results[4]));
    }

    internal torch.Tensor[] List(Argument* arguments, int count)
    {
        Argument result;
        Call(arguments, count, &result, 1);
        var handles = (IntPtr*)result.Payload;
        var tensors = new torch.Tensor[result.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = torch.Tensor.Wrap(handles[i]);
        NativeMethods.dct_free(handles);
        return tensors;
    }

    internal long Integer(Argument* arguments, int count) => Single(arguments, count).Payload;

    internal double Double(Argument* arguments, int count) => Single(arguments, count).AsDouble;

    internal bool Boolean(Argument* arguments, int count) => Single(arguments, count).Payload != 0;

    internal Scalar Scalar(Argument* arguments, int count) => TorchSharp.Scalar.FromResult(Single(arguments, count));

    private Argument Single(Argument* arguments, int count)
    {
        ReadCount.Add();
        Argument result;
        Call(arguments, count, &result, 1);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Call(Argument* arguments, int count, Argument* results, int resultCount)
    {
        var handle = operation;
        if (handle == IntPtr.Zero) handle = Find(throwing: true);
        if (waits) ReadCount.Add();
        if (NativeMethods.dct_call(handle, arguments, count, results, resultCount) != 0) Errors.Throw();
    }

    private IntPtr Find(bool throwing)
    {
        // Two threads may both look it up; the loser's small lookup record stays, which is harmless.
        if (operation == IntPtr.Zero && !missing)
        {
            IntPtr found;
            fixed (byte* nameText = Encoding.UTF8.GetBytes(name + '\0'))
            fixed (byte* overloadText = Encoding.UTF8.GetBytes(overload + '\0'))
                Errors.Check(NativeMethods.dct_operation_find(nameText, overloadText, &found));
            if (found == IntPtr.Zero) missing = true;
            else operation = found;
        }
        if (missing && throwing)
            throw new NotSupportedException(
                $"libtorch {Marshal.PtrToStringUTF8((IntPtr)NativeMethods.dct_version())} has no operator {Name}; a newer one may.");
        return operation;
    }
}
