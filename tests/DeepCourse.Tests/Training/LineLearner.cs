using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;

namespace DeepCourse.Tests.Training;

/// <summary>A learner of y = 3x: the smallest thing that training can be tested with.</summary>
internal sealed class LineLearner : IDisposable
{
    public LineLearner(
        IEnumerable<Callback>? callbacks = null,
        OptimizerFactory? optimizer = null,
        int trainItems = 8,
        int validationItems = 4,
        int batchSize = 4,
        Func<Module<Tensor, Tensor>>? model = null)
    {
        manual_seed(42);
        Train = new PointLoader(trainItems, batchSize);
        Validation = new PointLoader(validationItems, batchSize, shuffle: false);
        Model = (model ?? (() => Linear(1, 1)))();
        Learner = DeepCourse.Training.Learner.Create(
            new Loaders<Tensor, Tensor>(Train, Validation), Model, Loss.MeanSquaredError,
            optimizer ?? Optimizers.Sgd(0.1), callbacks);
    }

    public PointLoader Train { get; }

    public PointLoader Validation { get; }

    public Module<Tensor, Tensor> Model { get; }

    public Learner<Tensor, Tensor, Tensor> Learner { get; }

    public double Slope => Model.parameters().First().item<float>();

    public void Dispose()
    {
        Learner.Dispose();
        Model.Dispose();
    }
}
