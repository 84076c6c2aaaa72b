using System.Text;

namespace DeepCourse.Training;

public abstract partial class Learner
{
    /// <summary>The moments of training and who takes part in them, for people.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        var turn = Order([Recorder, .. _callbacks]);
        foreach (var moment in Moments)
        {
            var names = turn
                .Where(callback => Overrides(callback, moment))
                .Select(callback => $"{NameOf(callback)} ({callback.Band})");
            text.Append(moment.PadRight(16)).Append(' ').AppendJoin(", ", names).AppendLine();
        }
        return text.ToString();
    }

    /// <summary>Frees the optimizer; the model and the data belong to the caller.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the learner made.</summary>
    /// <param name="disposing">Always true: learners have no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        _optimizer?.Dispose();
        _optimizer = null;
        Recorder.Dispose();
    }

    private static string[] Moments { get; } =
    [
        nameof(Callback.BeforeFit), nameof(Callback.BeforeEpoch), nameof(Callback.BeforePhase),
        nameof(Callback.BeforeBatch),
        "TransformBatch", "TransformOutput", nameof(Callback.TransformLoss), nameof(Callback.AfterBackward),
        nameof(Callback.AfterStep), nameof(Callback.AfterBatch), nameof(Callback.AfterPhase),
        nameof(Callback.AfterEpoch),
        nameof(Callback.AfterFit), nameof(Callback.CleanupFit),
    ];

    private static Callback[] Order(IEnumerable<Callback> callbacks) =>
        [.. callbacks.OrderBy(callback => callback.Band)];

    /// <summary>The callbacks that take part now, in their order.</summary>
    internal IReadOnlyList<Callback> Turn => _turn;

    internal static string NameOf(Callback callback) => callback.GetType().Name.Split('`')[0];

    internal static bool Transforms(Callback callback) =>
        Overrides(callback, nameof(Callback.TransformLoss)) || Overrides(callback, nameof(Callback<,,>.TransformOutput));

    private static bool Overrides(Callback callback, string moment)
    {
        const System.Reflection.BindingFlags Any =
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public;
        return callback.GetType().GetMethods(Any).Any(
            method => method.Name == moment && method.GetBaseDefinition().DeclaringType != method.DeclaringType);
    }

    private TurnScope TakeTurn(IEnumerable<Callback> callbacks)
    {
        var before = _turn;
        _turn = Order(callbacks);
        CallbacksChanged(_turn);
        return new TurnScope(this, before);
    }

    // A validation or a search for rates may happen while a fit goes on: afterwards the fit has its callbacks back.
    private readonly struct TurnScope(Learner learner, Callback[] before) : IDisposable
    {
        public void Dispose()
        {
            learner._turn = before;
            learner.CallbacksChanged(before);
        }
    }
}
