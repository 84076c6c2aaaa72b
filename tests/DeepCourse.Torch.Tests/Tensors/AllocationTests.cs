namespace DeepCourse.Torch.Tests.Tensors;

/// <summary>What an operation leaves for the garbage collector, besides the tensor's own memory.</summary>
public class AllocationTests
{
    private const int BytesAllowed = 200;
    private const int Count = 400;

    [Fact]
    public void AnOperationAllocatesLessThanTwoHundredManagedBytes()
    {
        using var all = NewDisposeScope();
        Tensor x = randn(4, 8), y = randn(4, 8), weight = randn(8, 8), images = randn(1, 2, 6, 6), kernel = randn(3, 2, 3, 3);
        Tensor classes = randint(0, 8, [4], int64), learned = randn(4, 8).requires_grad_();
        var (linear, norm, convolution) = (Linear(8, 8), BatchNorm2d(2), Conv2d(2, 3, 3));
        var layers = Sequential(Linear(8, 8), ReLU());
        (string Name, Action Run)[] operations =
        [
            ("x + y", () => _ = x + y),
            ("x * 2", () => _ = x * 2.0),
            ("2 - x", () => _ = 2.0 - x),
            ("x.add_(y)", () => x.add_(y)),
            ("x.mul_(0.5)", () => x.mul_(0.5)),
            ("x.matmul(weight)", () => x.matmul(weight)),
            ("x.relu()", () => x.relu()),
            ("x.sum()", () => x.sum()),
            ("x.mean([0, 1])", () => x.mean([0, 1])),
            ("x.max(1)", () => x.max(1)),
            ("x.argmax(1)", () => x.argmax(1)),
            ("x.view(8, 4)", () => x.view(8, 4)),
            ("x.reshape(2, 4, 4)", () => x.reshape(2, 4, 4)),
            ("x.transpose(0, 1)", () => x.transpose(0, 1)),
            ("x.permute(1, 0)", () => x.permute(1, 0)),
            ("x.unsqueeze(0)", () => x.unsqueeze(0)),
            ("x.narrow(1, 0, 2)", () => x.narrow(1, 0, 2)),
            ("x.select(0, 1)", () => x.select(0, 1)),
            ("x[1]", () => _ = x[1]),
            ("x[.., 1]", () => _ = x[TensorIndex.Colon, TensorIndex.Single(1)]),
            ("x.to_type(float64)", () => x.to_type(float64)),
            ("x.detach()", () => x.detach()),
            ("x.clone()", () => x.clone()),
            ("x.eq(y)", () => x.eq(y)),
            ("x.size(1)", () => x.size(1)),
            ("x.dtype", () => _ = x.dtype),
            ("x.device", () => _ = x.device),
            ("x.requires_grad", () => _ = x.requires_grad),
            ("zeros_like(x)", () => zeros_like(x)),
            ("zeros(4, 8)", () => zeros(4, 8)),
            ("randn(4, 8)", () => randn(4, 8)),
            ("cat", () => cat([x, y], 1)),
            ("stack", () => stack([x, y])),
            ("x.split(2)", () => x.split(2)),
            ("softmax", () => functional.softmax(x, 1)),
            ("cross_entropy", () => functional.cross_entropy(x, classes)),
            ("mse_loss", () => functional.mse_loss(x, y)),
            ("dropout", () => functional.dropout(x, 0.5)),
            ("conv2d", () => functional.conv2d(images, kernel)),
            ("max_pool2d", () => functional.max_pool2d(images, 2)),
            ("linear.call", () => linear.call(x)),
            ("norm.call", () => norm.call(images)),
            ("convolution.call", () => convolution.call(images)),
            ("layers.call", () => layers.call(x)),
            ("no_grad", () => no_grad().Dispose()),
            ("NewDisposeScope", () => NewDisposeScope().Dispose()),
            ("backward", () => learned.sum().backward()),
        ];
        var figures = operations.Select(operation => (operation.Name, Bytes: PerTensor(operation.Run))).ToArray();
        Assert.True(figures.All(figure => figure.Bytes < BytesAllowed), string.Join(
            '\n', figures.OrderByDescending(figure => figure.Bytes).Select(figure => $"{figure.Name}: {figure.Bytes:0} bytes")));
    }

    [Fact]
    public void AnOptimizerStepAllocatesLessThanTwoHundredManagedBytesForEachParameter()
    {
        using var all = NewDisposeScope();
        const int parameterCount = 20;
        var parameters = Enumerable.Range(0, parameterCount).Select(_ => new TorchSharp.Modules.Parameter(randn(4))).ToArray();
        foreach (var parameter in parameters) parameter.grad = randn(4);
        foreach (var optimizer in new torch.optim.Optimizer[]
                 {
                     optim.SGD(parameters, 0.1, momentum: 0.9), optim.Adam(parameters), optim.AdamW(parameters),
                     optim.RMSProp(parameters),
                 })
        {
            var bytes = Bytes(() => optimizer.step()) / parameterCount;
            Assert.True(bytes < BytesAllowed, $"{optimizer.GetType().Name}: {bytes} bytes a parameter");
            bytes = Bytes(optimizer.zero_grad) / parameterCount;
            Assert.True(bytes < BytesAllowed, $"{optimizer.GetType().Name}.zero_grad: {bytes} bytes a parameter");
        }
    }

    // Lists of tensors count by their length.
    private static double PerTensor(Action run)
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.CreatedInScopeCount;
        using (NewDisposeScope()) run();
        var made = DisposeScopeManager.Statistics.TensorStatistics.CreatedInScopeCount - before;
        return Bytes(run) / Math.Max(1, made);
    }

    private static double Bytes(Action run)
    {
        Repeat(run);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(run);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Count;
    }

    private static void Repeat(Action run)
    {
        for (var made = 0; made < Count;)
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < 20; i++, made++) run();
        }
    }
}
