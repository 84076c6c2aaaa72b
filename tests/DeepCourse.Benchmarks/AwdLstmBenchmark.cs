using System.Diagnostics;
using DeepCourse.Text.Losses;
using DeepCourse.Text.Models;

namespace DeepCourse.Benchmarks;

/// <summary>A whole training step of an AWD-LSTM language model (all dropouts, both penalties, clipping, Adam), beside the
/// same model written plainly in PyTorch.</summary>
internal static class AwdLstmBenchmark
{
    private static readonly (string Name, AwdLstmOptions Options, int Batch, int Steps, int Rounds)[] cases =
    [
        ("awdlstm_small", new(12_000) { EmbeddingSize = 200, HiddenSize = 512, Layers = 2 }, 64, 70, 3),
        ("awdlstm_fastai", new(30_000), 32, 70, 1),
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
        foreach (var (name, options, batch, steps, rounds) in cases)
        {
            peer.Ask(FormattableString.Invariant(
                $"prepare {options.EmbeddingSize} {options.HiddenSize} {options.Layers} {options.VocabularySize} {batch} {steps} {threads}"));
            random.manual_seed(0);
            using var step = new Step(options, batch, steps);
            step.Run();
            var time = new Comparison(name, "ms a step");
            for (var pair = 0; pair < pairs; pair++)
            {
                var ours = Comparison.Median(Enumerable.Range(0, rounds).Select(_ => step.Time()));
                time.Add(ours, peer.Measure($"run {rounds}") / 1000);
            }
            yield return time;
            Console.WriteLine(FormattableString.Invariant(
                $"{name}: {batch * steps / time.Ours * 1000:0} tokens a second, PyTorch {batch * steps / time.Theirs * 1000:0}"));
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
