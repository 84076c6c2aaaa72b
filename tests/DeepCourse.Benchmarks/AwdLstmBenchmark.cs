using System.Diagnostics;
using DeepCourse.Text.Losses;
using DeepCourse.Text.Models;

namespace DeepCourse.Benchmarks;

/// <summary>A whole training step of an AWD-LSTM language model (all dropouts, both penalties, clipping, Adam), beside the
/// same model written plainly in PyTorch.</summary>
internal static class AwdLstmBenchmark
{
    private static readonly (string Name, string What, AwdLstmOptions Options, int Batch, int Steps, int Rounds, int MostPairs)[] cases =
    [
        ("awdlstm_small", "training step, AWD-LSTM of 2 x 512, 64 x 70 tokens", new(12_000) { EmbeddingSize = 200, HiddenSize = 512, Layers = 2 }, 64, 70, 2, 5),
        ("awdlstm_fastai", "training step, AWD-LSTM of 3 x 1,152, 32 x 70 tokens", new(30_000), 32, 70, 1, 2),
    ];

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Peer.Start("awdlstm.py", out var reason);
        if (peer is null)
        {
            Report.Skip("awdlstm", reason);
            yield break;
        }
        var threads = Environment.ProcessorCount;
        set_num_threads(threads);
        foreach (var (name, what, options, batch, steps, rounds, mostPairs) in cases)
        {
            peer.Ask(FormattableString.Invariant(
                $"prepare {options.EmbeddingSize} {options.HiddenSize} {options.Layers} {options.VocabularySize} {batch} {steps} {threads}"));
            random.manual_seed(0);
            using var step = new Step(options, batch, steps);
            step.Run();
            yield return new Comparison(name, "ms a step") { What = what, Bar = 1.00 }.Measure(
                Math.Min(pairs, mostPairs),
                () => Comparison.Median(Enumerable.Range(0, rounds).Select(_ => step.Time())),
                () => peer.Measure($"run {rounds}") / 1000);
        }
    }

    private sealed class Step : IDisposable
    {
        private readonly LanguageModel _model;
        private readonly LanguageModelLoss _loss = new();
        private readonly optim.Optimizer _optimizer;
        private readonly Tensor _tokens;
        private readonly Tensor _targets;

        internal Step(AwdLstmOptions options, int batch, int steps)
        {
            _model = new LanguageModel(options);
            _optimizer = optim.Adam(_model.parameters(), lr: 1e-3, beta1: 0.9, beta2: 0.99);
            _tokens = randint(2, options.VocabularySize, [batch, steps], int64);
            _targets = randint(2, options.VocabularySize, [batch, steps], int64);
        }

        internal double Time()
        {
            var start = Stopwatch.GetTimestamp();
            Run();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        internal void Run()
        {
            using var scope = NewDisposeScope();
            _optimizer.zero_grad();
            _loss.Of(_model.call(_tokens), _targets).backward();
            torch.nn.utils.clip_grad_norm_(_model.parameters(), 0.25);
            _optimizer.step();
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            _model.Dispose();
            _tokens.Dispose();
            _targets.Dispose();
        }
    }
}
