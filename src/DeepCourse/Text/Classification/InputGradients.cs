using DeepCourse.Tensors;

namespace DeepCourse.Text.Classification;

/// <summary>The gradients of a class's probability at the embedded tokens of a text, times the embedded tokens, and those at
/// the text's place among topics, times what each word adds to it.</summary>
internal static class InputGradients
{
    /// <summary>One number for each token: to first order, how much the probability would fall without its embedding and
    /// without what it adds to the topics, whose length is held.</summary>
    public static double[] Of(TextPredictor predictor, int[] ids, int index)
    {
        var influences = new double[ids.Length];
        if (ids.Length == 0) return influences;
        using var scope = NewDisposeScope();
        predictor.Model.eval();
        var parts = TextPredictor.PartsOf(predictor.Model);
        var taps = parts.Select(part => new Tap(part)).ToArray();
        try
        {
            var logits = predictor.Model.call(predictor.BatchOf([ids]));
            var probability = functional.softmax(logits, dim: 1).select(1, index).sum();
            Tensor[] embedded = [.. taps.SelectMany(tap => tap.Embedded)];
            Tensor[] places = [.. taps.SelectMany(tap => tap.Places)];
            var gradients = autograd.grad([probability], [.. embedded, .. places], allow_unused: true);
            var products = embedded.Zip(gradients, (input, gradient) =>
                gradient is null ? new double[input.size(0)] : (input * gradient).sum(-1).ReadNumbers()).ToArray();
            var next = 0;
            for (var part = 0; part < parts.Length; part++)
            {
                var ofTokens = products[next..(next += taps[part].Embedded.Count)].SelectMany(product => product).ToArray();
                // The second part of an ensemble reads backwards.
                for (var i = 0; i < ofTokens.Length; i++) influences[part == 0 ? i : ids.Length - 1 - i] += ofTokens[i];
            }
            foreach (var (topics, gradient) in parts.Select(part => part.Topics).OfType<TextTopics>().Zip(gradients.Skip(embedded.Length)))
            {
                var shares = topics.SharesOf(ids, gradient.view(-1).ReadNumbers());
                for (var i = 0; i < ids.Length; i++) influences[i] += shares[i];
            }
        }
        finally
        {
            foreach (var tap in taps) tap.Dispose();
        }
        return influences;
    }

    /// <summary>Puts leaves of the graph where a classifier embeds tokens, chunk after chunk, and where it places texts. They are
    /// kept here, because the classifier's own dispose scope ends before gradients are taken.</summary>
    private sealed class Tap : IDisposable
    {
        private readonly Action _unhook;

        public Tap(TextClassifier classifier)
        {
            var hook = classifier.Encoder.Table.register_forward_hook((_, _, output) => Leaf(Embedded, output));
            var placing = classifier.Topics?.register_forward_hook((_, _, output) => Leaf(Places, output));
            _unhook = () =>
            {
                hook.remove();
                placing?.remove();
            };
        }

        /// <summary>The embedded tokens of each chunk, [steps, 1, embedding].</summary>
        public List<Tensor> Embedded { get; } = [];

        /// <summary>The text's place, [1, topics].</summary>
        public List<Tensor> Places { get; } = [];

        public void Dispose()
        {
            _unhook();
            foreach (var leaf in Embedded.Concat(Places)) leaf.Dispose();
        }

        private static Tensor Leaf(List<Tensor> leaves, Tensor output)
        {
            var leaf = output.detach().requires_grad_().DetachFromDisposeScope();
            leaves.Add(leaf);
            return leaf;
        }
    }
}
