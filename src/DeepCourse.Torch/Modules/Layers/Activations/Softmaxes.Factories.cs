using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Softmax Softmax(long dim) => new(dim);

        public static Softmin Softmin(long dim) => new(dim);

        public static LogSoftmax LogSoftmax(long dim) => new(dim);

        public static Softmax2d Softmax2d() => new();

        public static GLU GLU(long dim = -1) => new(dim);
    }
}
