using System.Numerics;

namespace DeepCourse.Tensors.Formats;

/// <summary>
/// Reads the part of Python's pickle language that state dicts are written in (protocols 2 to 5). It builds numbers,
/// text, lists, tuples, dictionaries and references to tensors; it calls nothing and imports nothing.
/// </summary>
internal sealed class Unpickler(PickleStream input)
{
    private static readonly object Mark = new();
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    /// <summary>Reads one pickle.</summary>
    /// <exception cref="DataFormatException">It is broken or uses a name that is not allowed.</exception>
    public object? Read()
    {
        while (true)
        {
            var code = input.Byte();
            if (code == '.') return Pop();
            if (!(Literal(code) || Container(code) || Memory(code) || Call(code)))
                throw input.Broken($"the pickle instruction 0x{code:x2} does not occur in state dicts");
        }
    }

    private bool Literal(byte code)
    {
        switch (code)
        {
            case 0x80: input.Byte(); break; // protocol version
            case 0x95: input.Int64(); break; // frame: a hint for buffering
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'J': Push((long)input.Int32()); break;
            case (byte)'K': Push((long)input.Byte()); break;
            case (byte)'M': Push((long)input.UInt16()); break;
            case 0x8a: PushInteger(input.Bytes(input.Byte())); break;
            case 0x8b: PushInteger(input.Bytes(input.Int32())); break;
            case (byte)'G': Push(input.Double()); break;
            case (byte)'X': Push(input.Text((uint)input.Int32())); break;
            case 0x8c: Push(input.Text(input.Byte())); break;
            case 0x8d: Push(input.Text(input.Int64())); break;
            case (byte)'U': Push(input.Text(input.Byte())); break;
            case (byte)'T': Push(input.Text(input.Int32())); break;
            case (byte)'C': Push(input.Bytes(input.Byte())); break;
            case (byte)'B': Push(input.Bytes((uint)input.Int32())); break;
            case 0x8e: Push(input.Bytes(input.Int64())); break;
            default: return false;
        }
        return true;
    }

    private bool Container(byte code)
    {
        switch (code)
        {
            case (byte)'(': Push(Mark); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'2': Push(Top()); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)'}': Push(new PickleDictionary()); break;
            case 0x8f: Push(new List<object?>()); break; // set
            case (byte)')': Push(Array.Empty<object?>()); break;
            case 0x85: Push(PopTuple(1)); break;
            case 0x86: Push(PopTuple(2)); break;
            case 0x87: Push(PopTuple(3)); break;
            case (byte)'t': Push(PopToMark()); break;
            case (byte)'l': Push(new List<object?>(PopToMark())); break;
            case (byte)'d': Fill(new(), PopToMark(), push: true); break;
            case (byte)'a': Append([Pop()]); break;
            case (byte)'e' or 0x90: Append(PopToMark()); break;
            case (byte)'s': SetItems(PopTuple(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;
            default: return false;
        }
        return true;
    }

    private bool Memory(byte code)
    {
        switch (code)
        {
            case (byte)'q': _memo[input.Byte()] = Top(); break;
            case (byte)'r': _memo[(uint)input.Int32()] = Top(); break;
            case 0x94: _memo[_memo.Count] = Top(); break;
            case (byte)'h': Push(Recall(input.Byte())); break;
            case (byte)'j': Push(Recall((uint)input.Int32())); break;
            default: return false;
        }
        return true;
    }

    private bool Call(byte code)
    {
        switch (code)
        {
            case (byte)'c':
                var module = input.Line();
                Push(PickleGlobals.Resolve(module, input.Line(), input.Path, input.Position));
                break;
            case 0x93:
                var name = Pop<string>("a name");
                Push(PickleGlobals.Resolve(Pop<string>("a module"), name, input.Path, input.Position));
                break;
            case (byte)'R' or 0x81:
                var arguments = Pop<object?[]>("a tuple of arguments");
                Push(PickleCalls.Apply(Pop<KnownGlobal>("a known name"), arguments, input));
                break;
            case (byte)'b':
                // The state of an OrderedDict is the version table that PyTorch hangs on it; nothing else has one.
                Pop();
                if (Top() is not (PickleDictionary or TensorReference))
                    throw input.Broken("the pickle sets the state of something that is no dictionary");
                break;
            case (byte)'Q':
                Push(PickleCalls.Storage(Pop(), input));
                break;
            default: return false;
        }
        return true;
    }

    private void Append(object?[] items)
    {
        if (Top() is not List<object?> list) throw input.Broken("the pickle appends to something that is no list");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not PickleDictionary dictionary)
            throw input.Broken("the pickle sets items of something that is no dictionary");
        Fill(dictionary, items, push: false);
    }

    private void Fill(PickleDictionary dictionary, object?[] items, bool push)
    {
        if (items.Length % 2 != 0) throw input.Broken("a dictionary of the pickle has a key without a value");
        for (var index = 0; index < items.Length; index += 2)
            dictionary.Set(items[index] ?? "None", items[index + 1]);
        if (push) Push(dictionary);
    }

    private void PushInteger(byte[] bytes)
    {
        var value = new BigInteger(bytes);
        if (value >= long.MinValue && value <= long.MaxValue) Push((long)value);
        else Push(value);
    }

    private object? Recall(long index) => _memo.TryGetValue(index, out var value)
        ? value
        : throw input.Broken($"the pickle recalls {index}, which it has not stored");

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw input.Broken("the pickle's stack is empty");

    private object? Pop()
    {
        var value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return ReferenceEquals(value, Mark) ? throw input.Broken("the pickle takes a mark for a value") : value;
    }

    private T Pop<T>(string what) => Pop() is T value ? value : throw input.Broken($"the pickle was to have {what} here");

    private object?[] PopTuple(int count)
    {
        var items = new object?[count];
        for (var index = count - 1; index >= 0; index--) items[index] = Pop();
        return items;
    }

    private object?[] PopToMark()
    {
        var mark = _stack.FindLastIndex(value => ReferenceEquals(value, Mark));
        if (mark < 0) throw input.Broken("the pickle closes a group that it did not open");
        object?[] items = [.. _stack.Skip(mark + 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }
}
