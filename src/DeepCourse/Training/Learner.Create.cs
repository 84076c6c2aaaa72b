using DeepCourse.Data;
using DeepCourse.Optimization;

namespace DeepCourse.Training;

public abstract partial class Learner
{
    /// <summary>Makes a supervised learner; all types follow from the arguments.</summary>
    /// <typeparam name="TX">The inputs of a batch.</typeparam>
    /// <typeparam name="TOut">What the model gives.</typeparam>
    /// <typeparam name="TY">The targets of a batch.</typeparam>
    /// <param name="data">Batches to learn from and to judge by; the caller keeps owning them.</param>
    /// <param name="model">On its final device; the caller keeps owning it.</param>
    /// <param name="loss">Gives one number for a batch.</param>
    /// <param name="optimizer">Makes the optimizer.</param>
    /// <param name="callbacks">Take part in every fit; metrics may stand among them.</param>
    /// <param name="groups">The layer groups; by default those that the model names itself.</param>
    /// <exception cref="ArgumentException">A callback or a metric is for other types of data.</exception>
    public static Learner<TX, TOut, TY> Create<TX, TOut, TY>(
        Loaders<TX, TY> data,
        Module<TX, TOut> model,
        Func<TOut, TY, Tensor> loss,
        OptimizerFactory optimizer,
        IEnumerable<Callback>? callbacks = null,
        ParameterGroups? groups = null) => new(data, model, loss, optimizer, callbacks, groups);
}
