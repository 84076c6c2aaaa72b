using DeepCourse.Native;
using DeepCourse.Training.Graphs;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Classification;

namespace DeepCourse.Benchmarks;

/// <summary>A training step on a GPU: one network with one optimizer, or two that play against each other; the same as in
/// Peers/gpu.py.</summary>
internal sealed class GpuStep : IDisposable
{
    private readonly torch.Device _device;
    private readonly Module _model;
    private readonly Part[] _parts;

    private GpuStep(torch.Device device, Module model, params Part[] parts) => (_device, _model, _parts) = (device, model, parts);

    /// <summary>Makes a step.</summary>
    /// <param name="name">Which case.</param>
    /// <param name="device">Where.</param>
    /// <param name="batch">Items.</param>
    /// <param name="size">The side of pictures, in pixels.</param>
    /// <param name="graphed">Whether forward and backward pass are recorded and repeated.</param>
    internal static GpuStep Of(string name, torch.Device device, int batch, int size, bool graphed) => name switch
    {
        "mlp" => Of(device, TrainingStep.MlpLayers(), randn(batch, 64), graphed, narrow: false),
        "resnet50" => Of(device, new Resnet(50, classes: 1000), randn(batch, 3, size, size), graphed, narrow: true),
        "wrn22" => Of(device, new WideResnet22(), randn(batch, 3, size, size), graphed, narrow: true),
        // PyTorch's first layer learns, so ours does.
        "speednet" => Of(device, new SpeedNet(new() { Whitens = false }), randn(batch, 3, size, size), graphed, narrow: true),
        "dcgan" => OfTwo(device, batch, graphed),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such case"),
    };

    /// <summary>Why the last step was not a repetition; null where it was.</summary>
    internal string? Reason => _parts.Select(part => part.Graph?.Reason).FirstOrDefault(reason => reason is not null);

    /// <summary>Some steps, waited for.</summary>
    internal void Run(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            foreach (var part in _parts) part.Run();
        }
        if (_device.type == DeviceType.CUDA) cuda.synchronize(_device);
    }

    public void Dispose()
    {
        foreach (var part in _parts) part.Dispose();
        _model.Dispose();
    }

    private static GpuStep Of(torch.Device device, Module<Tensor, Tensor> model, Tensor inputs, bool graphed, bool narrow)
    {
        model.to(device);
        var x = inputs.to(device);
        var y = randint(0, 10, [inputs.size(0)], int64, device: device);
        if (narrow) (model, x) = (ChannelsLast.Apply(model), ChannelsLast.Apply(x));
        return new GpuStep(device, model, new Part(Loss, [x, y], [.. model.parameters()], graphed));

        Tensor Loss(IReadOnlyList<Tensor> batch)
        {
            Tensor logits;
            // What is cast for the one step must not serve the next, whose weights are others.
            using (narrow ? new Autocast(device.type, bfloat16) : null) logits = model.call(batch[0]);
            return functional.cross_entropy(logits.to_type(float32), batch[1]);
        }
    }

    private static GpuStep OfTwo(torch.Device device, int batch, bool graphed)
    {
        var model = new Dcgan();
        model.to(device);
        var pictures = randn(batch, 3, 64, 64, device: device);
        var noise = randn(batch, Dcgan.Noise, 1, 1, device: device);
        return new GpuStep(
            device, model,
            new Part(inputs => model.CriticLoss(inputs[0], inputs[1]), [pictures, noise], [.. model.Critic.parameters()], graphed),
            new Part(inputs => model.GeneratorLoss(inputs[0]), [noise], [.. model.Generator.parameters()], graphed));
    }

    /// <summary>What one optimizer does in a step.</summary>
    private sealed class Part : IDisposable
    {
        private readonly Func<IReadOnlyList<Tensor>, Tensor> _loss;
        private readonly Tensor[] _inputs;
        private readonly Parameter[] _parameters;
        private readonly optim.Optimizer _optimizer;

        internal Part(Func<IReadOnlyList<Tensor>, Tensor> loss, Tensor[] inputs, Parameter[] parameters, bool graphed)
        {
            (_loss, _inputs, _parameters) = (loss, inputs, [.. parameters.Where(parameter => parameter.requires_grad)]);
            _optimizer = optim.AdamW(_parameters, lr: 1e-4, weight_decay: 1e-2);
            if (graphed) Graph = new CudaGraphStep(loss, _parameters);
        }

        internal CudaGraphStep? Graph { get; }

        internal void Run()
        {
            if (Graph is not null)
            {
                Graph.Run(_inputs);
            }
            else
            {
                var gradients = autograd.grad([_loss(_inputs)], _parameters);
                for (var i = 0; i < _parameters.Length; i++) _parameters[i].grad = gradients[i];
            }
            _optimizer.step();
        }

        public void Dispose()
        {
            Graph?.Dispose();
            _optimizer.Dispose();
            foreach (var input in _inputs) input.Dispose();
        }
    }
}
