using DeepCourse.Training;

namespace DeepCourse.Tests.Training;

public sealed class LearnerEventTests
{
    private const string Learnt = "B( batch output loss backward step B)";
    private const string Judged = "B( batch output B)";

    [Fact]
    public void Fit_WithoutRequests_CallsEveryMomentInOrder() =>
        Assert.Equal($"F( E( T( {Learnt} {Learnt} T) V( {Judged} V) E) F) cleanup", Run(1, null));

    [Fact]
    public void Fit_OfTwoEpochs_RepeatsTheEpoch()
    {
        var epoch = $"E( T( {Learnt} {Learnt} T) V( {Judged} V) E)";
        Assert.Equal($"F( {epoch} {epoch} F) cleanup", Run(2, null));
    }

    [Theory]
    [InlineData("B(", "B( B)")]
    [InlineData("batch", "B( batch B)")]
    [InlineData("output", "B( batch output B)")]
    [InlineData("loss", "B( batch output loss B)")]
    [InlineData("backward", "B( batch output loss backward B)")]
    [InlineData("step", Learnt)]
    public void SkipBatch_InTheFirstBatch_LeavesItAndGoesOn(string moment, string first) =>
        Assert.Equal(
            $"F( E( T( {first} {Learnt} T) V( {Judged} V) E) F) cleanup",
            Run(1, Once(moment, run => run.SkipBatch())));

    [Theory]
    [InlineData("T(", "")]
    [InlineData("B(", "B( B) ")]
    [InlineData("backward", "B( batch output loss backward B) ")]
    [InlineData("B)", Learnt + " ")]
    public void EndPhase_GoesOnWithValidation(string moment, string batches) =>
        Assert.Equal($"F( E( T( {batches}T) V( {Judged} V) E) F) cleanup", Run(1, Once(moment, run => run.EndPhase())));

    [Theory]
    [InlineData("E(", "")]
    [InlineData("T(", "T( T) ")]
    [InlineData("B)", $"T( {Learnt} T) ")]
    [InlineData("V(", $"T( {Learnt} {Learnt} T) V( V) ")]
    public void EndEpoch_GoesOnWithTheNextEpoch(string moment, string first) =>
        Assert.Equal(
            $"F( E( {first}E) E( T( {Learnt} {Learnt} T) V( {Judged} V) E) F) cleanup",
            Run(2, Once(moment, run => run.EndEpoch())));

    [Theory]
    [InlineData("F(", "")]
    [InlineData("E(", "E( E) ")]
    [InlineData("T(", "E( T( T) E) ")]
    [InlineData("loss", "E( T( B( batch output loss B) T) E) ")]
    [InlineData("B)", $"E( T( {Learnt} T) E) ")]
    [InlineData("V)", $"E( T( {Learnt} {Learnt} T) V( {Judged} V) E) ")]
    [InlineData("E)", $"E( T( {Learnt} {Learnt} T) V( {Judged} V) E) ")]
    public void EndFit_EndsEverythingWithItsAfters(string moment, string epoch) =>
        Assert.Equal($"F( {epoch}F) cleanup", Run(3, Once(moment, run => run.EndFit("enough"))));

    [Fact]
    public void WidestRequest_Wins()
    {
        var log = Run(2, Once("B(", run =>
        {
            run.EndFit("enough");
            run.SkipBatch();
            run.EndEpoch();
        }));
        Assert.Equal("F( E( T( B( B) T) E) F) cleanup", log);
    }

    [Fact]
    public void EndFit_KeepsTheFirstReason()
    {
        var log = new EventLog(Once("B(", run =>
        {
            run.EndFit("first");
            run.EndFit("second");
        }));
        using var line = new LineLearner([log]);
        Assert.Equal("first", line.Learner.Fit(1).StopReason);
    }

    [Fact]
    public void Request_LetsTheOtherCallbacksOfTheMomentRun()
    {
        var shared = new List<string>();
        var first = new EventLog(Once("B(", run => run.EndFit("enough")), events: shared, prefix: "1");
        var second = new EventLog(events: shared, prefix: "2");
        using var line = new LineLearner([first, second]);
        line.Learner.Fit(1);
        Assert.Equal("1F( 2F( 1E( 2E( 1T( 2T( 1B( 2B( 1B) 2B) 1T) 2T) 1E) 2E) 1F) 2F) 1cleanup 2cleanup",
            string.Join(' ', shared));
    }

    [Theory]
    [InlineData("E(")]
    [InlineData("batch")]
    [InlineData("step")]
    [InlineData("E)")]
    public void Exception_CallsCleanupAlone_AndSurfacesUnwrapped(string moment)
    {
        var log = new EventLog(Once(moment, _ => throw new TimeZoneNotFoundException("fault")));
        using var line = new LineLearner([log]);
        Assert.Throws<TimeZoneNotFoundException>(() => line.Learner.Fit(1));
        Assert.Equal(moment, log.Events[^2]);
        Assert.Equal("cleanup", log.Events[^1]);
        Assert.Single(log.Events, "cleanup");
    }

    [Fact]
    public void FailingCleanup_DoesNotKeepOthersFromTheirs()
    {
        var first = new EventLog(Once("cleanup", _ => throw new TimeZoneNotFoundException()));
        var second = new EventLog();
        using var line = new LineLearner([first, second]);
        Assert.Throws<TimeZoneNotFoundException>(() => line.Learner.Fit(1));
        Assert.Equal("cleanup", second.Events[^1]);
    }

    [Fact]
    public void Bands_DecideTheOrder_ThenTheList()
    {
        var shared = new List<string>();
        CallbackBand[] bands = [CallbackBand.Display, CallbackBand.Data, CallbackBand.Placement, CallbackBand.Data];
        using var line = new LineLearner(
            bands.Select((band, i) => new EventLog(band: band, events: shared, prefix: $"{i}")));
        line.Learner.Fit(1);
        Assert.Equal(["2F(", "1F(", "3F(", "0F("], shared.Take(4));
        Assert.Equal(["2cleanup", "1cleanup", "3cleanup", "0cleanup"], shared.TakeLast(4));
    }

    [Fact]
    public void Cancellation_EndsAfterTheCurrentBatch()
    {
        using var source = new CancellationTokenSource();
        var log = new EventLog(Once("loss", _ => source.Cancel()));
        using var line = new LineLearner([log]);
        var run = line.Learner.Fit(5, cancellation: source.Token);
        Assert.Equal("cancelled", run.StopReason);
        Assert.Equal($"F( E( T( {Learnt} T) E) F) cleanup", log.Short);
    }

    [Fact]
    public void HoldStep_KeepsTheGradientsForTheNextBatch()
    {
        var log = new EventLog(Once("backward", run => run.HoldStep()));
        using var line = new LineLearner([log]);
        line.Learner.Fit(1);
        Assert.StartsWith($"F( E( T( B( batch output loss backward B) {Learnt} T)", log.Short,
            StringComparison.Ordinal);
    }

    private static string Run(int epochs, Action<string, Run>? act)
    {
        var log = new EventLog(act);
        using var line = new LineLearner([log]);
        line.Learner.Fit(epochs);
        return log.Short;
    }

    private static Action<string, Run> Once(string at, Action<Run> act)
    {
        var done = false;
        return (moment, run) =>
        {
            if (moment != at || done) return;
            done = true;
            act(run);
        };
    }
}
