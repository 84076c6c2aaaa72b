namespace TorchSharp.Modules
{
    /// <summary>Extends the border with a constant, in 1 dimension.</summary>
    public sealed class ConstantPad1d : PadBase
    {
        internal ConstantPad1d(long[] padding, double value)
            : base(nameof(ConstantPad1d), PaddingModes.Constant, value, padding)
        {
        }
    }

    /// <summary>Extends the border with a constant, in 2 dimensions.</summary>
    public sealed class ConstantPad2d : PadBase
    {
        internal ConstantPad2d(long[] padding, double value)
            : base(nameof(ConstantPad2d), PaddingModes.Constant, value, padding)
        {
        }
    }

    /// <summary>Extends the border with a constant, in 3 dimensions.</summary>
    public sealed class ConstantPad3d : PadBase
    {
        internal ConstantPad3d(long[] padding, double value)
            : base(nameof(ConstantPad3d), PaddingModes.Constant, value, padding)
        {
        }
    }

    /// <summary>Extends the border by mirroring, without repeating the edge, in 1 dimension.</summary>
    public sealed class ReflectionPad1d : PadBase
    {
        internal ReflectionPad1d(long[] padding)
            : base(nameof(ReflectionPad1d), PaddingModes.Reflect, 0, padding)
        {
        }
    }

    /// <summary>Extends the border by mirroring, without repeating the edge, in 2 dimensions.</summary>
    public sealed class ReflectionPad2d : PadBase
    {
        internal ReflectionPad2d(long[] padding)
            : base(nameof(ReflectionPad2d), PaddingModes.Reflect, 0, padding)
        {
        }
    }

    /// <summary>Extends the border by mirroring, without repeating the edge, in 3 dimensions.</summary>
    public sealed class ReflectionPad3d : PadBase
    {
        internal ReflectionPad3d(long[] padding)
            : base(nameof(ReflectionPad3d), PaddingModes.Reflect, 0, padding)
        {
        }
    }

    /// <summary>Extends the border by repeating the edge, in 1 dimension.</summary>
    public sealed class ReplicationPad1d : PadBase
    {
        internal ReplicationPad1d(long[] padding)
            : base(nameof(ReplicationPad1d), PaddingModes.Replicate, 0, padding)
        {
        }
    }

    /// <summary>Extends the border by repeating the edge, in 2 dimensions.</summary>
    public sealed class ReplicationPad2d : PadBase
    {
        internal ReplicationPad2d(long[] padding)
            : base(nameof(ReplicationPad2d), PaddingModes.Replicate, 0, padding)
        {
        }
    }

    /// <summary>Extends the border by repeating the edge, in 3 dimensions.</summary>
    public sealed class ReplicationPad3d : PadBase
    {
        internal ReplicationPad3d(long[] padding)
            : base(nameof(ReplicationPad3d), PaddingModes.Replicate, 0, padding)
        {
        }
    }

    /// <summary>Extends the border with zeros, in 2 dimensions.</summary>
    public sealed class ZeroPad2d : PadBase
    {
        internal ZeroPad2d(long[] padding)
            : base(nameof(ZeroPad2d), PaddingModes.Constant, 0, padding)
        {
        }
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static ConstantPad1d ConstantPad1d(long padding, double value) =>
                new(Dimensions.Of(padding, 2), value);

            public static ConstantPad1d ConstantPad1d((long, long) padding, double value) =>
                new([padding.Item1, padding.Item2], value);

            public static ConstantPad2d ConstantPad2d(long padding, double value) =>
                new(Dimensions.Of(padding, 4), value);

            public static ConstantPad2d ConstantPad2d((long, long, long, long) padding, double value) =>
                new([padding.Item1, padding.Item2, padding.Item3, padding.Item4], value);

            public static ConstantPad3d ConstantPad3d(long padding, double value) =>
                new(Dimensions.Of(padding, 6), value);

            public static ConstantPad3d ConstantPad3d((long, long, long, long, long, long) padding, double value) =>
                new([padding.Item1, padding.Item2, padding.Item3, padding.Item4, padding.Item5, padding.Item6], value);

            public static ReflectionPad1d ReflectionPad1d(long padding) => new(Dimensions.Of(padding, 2));

            public static ReflectionPad1d ReflectionPad1d((long, long) padding) =>
                new([padding.Item1, padding.Item2]);

            public static ReflectionPad2d ReflectionPad2d(long padding) => new(Dimensions.Of(padding, 4));

            public static ReflectionPad2d ReflectionPad2d((long, long, long, long) padding) =>
                new([padding.Item1, padding.Item2, padding.Item3, padding.Item4]);

            public static ReflectionPad3d ReflectionPad3d(long padding) => new(Dimensions.Of(padding, 6));

            public static ReflectionPad3d ReflectionPad3d((long, long, long, long, long, long) padding) =>
                new([padding.Item1, padding.Item2, padding.Item3, padding.Item4, padding.Item5, padding.Item6]);

            public static ReplicationPad1d ReplicationPad1d(long padding) => new(Dimensions.Of(padding, 2));

            public static ReplicationPad1d ReplicationPad1d((long, long) padding) =>
                new([padding.Item1, padding.Item2]);

            public static ReplicationPad2d ReplicationPad2d(long padding) => new(Dimensions.Of(padding, 4));

            public static ReplicationPad2d ReplicationPad2d((long, long, long, long) padding) =>
                new([padding.Item1, padding.Item2, padding.Item3, padding.Item4]);

            public static ReplicationPad3d ReplicationPad3d(long padding) => new(Dimensions.Of(padding, 6));

            public static ReplicationPad3d ReplicationPad3d((long, long, long, long, long, long) padding) =>
                new([padding.Item1, padding.Item2, padding.Item3, padding.Item4, padding.Item5, padding.Item6]);

            public static ZeroPad2d ZeroPad2d(long padding) => new(Dimensions.Of(padding, 4));

            public static ZeroPad2d ZeroPad2d((long, long, long, long) padding) =>
                new([padding.Item1, padding.Item2, padding.Item3, padding.Item4]);
        }
    }
}
