namespace DeepCourse.Benchmarks;

/// <summary>WRN-22: three groups of three pre-activated residual blocks, six times as wide as the narrow ones, for pictures of
/// 32 pixels; the same as in Peers/models.py.</summary>
/// <remarks>Zagoruyko and Komodakis 2016 (arXiv 1605.07146).</remarks>
internal sealed class WideResnet22 : Module<Tensor, Tensor>
{
    private readonly Conv2d stem = Conv2d(3, 16, 3, padding: 1, bias: false);
    private readonly Sequential blocks;
    private readonly BatchNorm2d norm = BatchNorm2d(384);
    private readonly Linear head = Linear(384, 10);

    internal WideResnet22() : base(nameof(WideResnet22))
    {
        var parts = new List<Module<Tensor, Tensor>>();
        long inputs = 16;
        foreach (var (outputs, stride) in new[] { (96L, 1L), (192, 2), (384, 2) })
        {
            for (var i = 0; i < 3; i++)
            {
                parts.Add(new Block(inputs, outputs, i == 0 ? stride : 1));
                inputs = outputs;
            }
        }
        blocks = Sequential(parts);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = functional.relu(norm.call(blocks.call(stem.call(images))), inplace: true);
        return head.call(functional.adaptive_avg_pool2d(x, 1).flatten(1)).MoveToOuterDisposeScope();
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn2;
        private readonly Conv2d conv2;
        private readonly Conv2d? shortcut;

        internal Block(long inputs, long outputs, long stride) : base(nameof(Block))
        {
            bn1 = BatchNorm2d(inputs);
            conv1 = Conv2d(inputs, outputs, 3, stride, 1, bias: false);
            bn2 = BatchNorm2d(outputs);
            conv2 = Conv2d(outputs, outputs, 3, padding: 1, bias: false);
            shortcut = inputs == outputs ? null : Conv2d(inputs, outputs, 1, stride, bias: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = functional.relu(bn1.call(input), inplace: true);
            var carried = shortcut is null ? input : shortcut.call(x);
            x = conv2.call(functional.relu(bn2.call(conv1.call(x)), inplace: true));
            return x.add_(carried).MoveToOuterDisposeScope();
        }
    }
}
