using DeepCourse.Tensors;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Classification;

/// <summary>The gradients of a class's probability at the embedded tokens of a text, times the embedded tokens.</summary>
internal static class InputGradients
{
    /// <summary>One number for each token: to first order, how much the probability would fall without its
    /// embedding.</summary>
    public static double[] Of(TextPredictor predictor, int[] ids, int index)
    {
        var influences = new double[ids.Length];
        if (ids.Length == 0) return influences;
        using var scope = NewDisposeScope();
        predictor.Model.eval();
        var parts = TextPredictor.PartsOf(predictor.Model);
        var taps = parts.Select(part => new Tap(part.Encoder)).ToArray();
        try
        {
            var logits = predictor.Model.call(predictor.BatchOf([ids]));
            var probability = functional.softmax(logits, dim: 1).select(1, index).sum();
            Tensor[] inputs = [.. taps.SelectMany(tap => tap.Embedded)];
            var gradients = autograd.grad([probability], inputs, allow_unused: true);
            var products = inputs.Zip(gradients, (input, gradient) =>
                gradient is null ? new double[input.size(0)] : (input * gradient).sum(-1).ReadNumbers()).ToArray();
            var chunk = 0;
            for (var part = 0; part < parts.Length; part++)
            {
                var ofTokens = products.Skip(chunk).Take(taps[part].Embedded.Count).SelectMany(product => product).ToArray();
                chunk += taps[part].Embedded.Count;
                // The second part of an ensemble reads backwards.
                for (var i = 0; i < ofTokens.Length; i++) influences[part == 0 ? i : ids.Length - 1 - i] += ofTokens[i];
            }
        }
        finally
        {
            foreach (var tap in taps) tap.Dispose();
        }
        return influences;
    }

    /// <summary>Puts leaves of the graph where an encoder embeds tokens, chunk after chunk. They are kept here, because the
    /// encoder's own dispose scope ends before gradients are taken.</summary>
    private sealed class Tap : IDisposable
    {
        private readonly Action _unhook;

        public Tap(AwdLstm encoder)
        {
            var hook = encoder.Table.register_forward_hook((_, _, output) =>
            {
                var leaf = output.detach().requires_grad_().DetachFromDisposeScope();
                Embedded.Add(leaf);
                return leaf;
            });
            _unhook = hook.remove;
        }

        /// <summary>The embedded tokens of each chunk, [steps, 1, embedding].</summary>
        public List<Tensor> Embedded { get; } = [];

        public void Dispose()
        {
            _unhook();
            foreach (var leaf in Embedded) leaf.Dispose();
        }
    }
}
