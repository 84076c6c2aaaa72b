#if SYSTEM_STACK
using DeepCourse.Native;
#endif
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Classification;

namespace DeepCourse.Benchmarks;

/// <summary>A model, its data and its optimizer, ready to step; the same as in Peers/models.py.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly Module _model;
    private readonly Func<Tensor> _loss;
    private readonly optim.Optimizer _optimizer;

    private TrainingStep(Module model, Func<Tensor> loss)
    {
        (_model, _loss) = (model, loss);
        _optimizer = optim.AdamW(model.parameters(), lr: 1e-4, weight_decay: 1e-2);
    }

    internal static TrainingStep Of(string name) => name switch
    {
        "mlp" => Mlp(),
        "resnet18" => Resnet18(),
        "resnet18_nhwc" => Resnet18(channelsLast: true),
#if SYSTEM_STACK
        "speednet" => Speednet(),
#endif
        "wrn22" => WideResnet(),
        "unet" => Unet(),
        "lstm" => Lstm(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such case"),
    };

    internal void Run()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        _loss().backward();
        _optimizer.step();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
    }

    /// <summary>20 hidden layers of 64 and a head of 10.</summary>
    internal static Sequential MlpLayers()
    {
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        for (var i = 0; i < 20; i++)
        {
            layers.Add(($"linear{i}", Linear(64, 64)));
            layers.Add(($"relu{i}", ReLU()));
        }
        layers.Add(("head", Linear(64, 10)));
        return Sequential(layers);
    }

    private static TrainingStep Mlp()
    {
        var model = MlpLayers();
        Tensor x = randn(32, 64), y = randint(0, 10, [32], int64);
        return new TrainingStep(model, () => functional.cross_entropy(model.call(x), y));
    }

    private static TrainingStep Resnet18(bool channelsLast = false)
    {
        var model = new Resnet(18, classes: 10);
        Tensor x = randn(16, 3, 64, 64), y = randint(0, 10, [16], int64);
#if SYSTEM_STACK
        if (channelsLast) (model, x) = (ChannelsLast.Apply(model), ChannelsLast.Apply(x));
#endif
        return new TrainingStep(model, () => functional.cross_entropy(model.call(x), y));
    }

#if SYSTEM_STACK
    private static TrainingStep Speednet()
    {
        // PyTorch's first layer learns, so ours does.
        var model = ChannelsLast.Apply(new SpeedNet(new() { Whitens = false }));
        Tensor x = ChannelsLast.Apply(randn(64, 3, 32, 32)), y = randint(0, 10, [64], int64);
        return new TrainingStep(model, () =>
        {
            Tensor logits;
            using (new Autocast(DeviceType.CPU)) logits = model.call(x);
            return functional.cross_entropy(logits, y);
        });
    }
#endif

    private static TrainingStep WideResnet()
    {
        var model = new WideResnet22();
        Tensor x = randn(8, 3, 32, 32), y = randint(0, 10, [8], int64);
        return new TrainingStep(model, () => functional.cross_entropy(model.call(x), y));
    }

    private static TrainingStep Unet()
    {
        var model = new SmallUnet();
        Tensor x = randn(8, 3, 64, 64), y = randint(0, 2, [8, 1, 64, 64], float32);
        return new TrainingStep(model, () => functional.binary_cross_entropy_with_logits(model.call(x), y));
    }

    private static TrainingStep Lstm()
    {
        var model = new Tagger();
        Tensor x = randint(0, 2000, [16, 35], int64), y = randint(0, 2000, [16, 35], int64);
        return new TrainingStep(model, () => functional.cross_entropy(model.call(x).flatten(0, 1), y.flatten()));
    }

    private sealed class Tagger : Module<Tensor, Tensor>
    {
        private readonly Embedding embedding = Embedding(2000, 128);
        private readonly LSTM lstm = LSTM(128, 256, 2, true, true);
        private readonly Linear head = Linear(256, 2000);

        internal Tagger() : base(nameof(Tagger)) => RegisterComponents();

        public override Tensor forward(Tensor tokens) => head.call(lstm.call(embedding.call(tokens), null).Item1);
    }
}
