namespace DeepCourse.Optimization;

/// <summary>The usual optimizers, ready for layer groups, with biases and normalisation exempt from weight
/// decay.</summary>
public static class Optimizers
{
    /// <summary>Adam with decoupled weight decay.</summary>
    /// <param name="learningRate">The rate where no recipe sets another.</param>
    /// <param name="weightDecay">The share of each weight that a step at rate 1 takes away.</param>
    /// <param name="momentum">Decay of the mean of the gradients (beta 1).</param>
    /// <param name="squareMomentum">Decay of the mean of their squares (beta 2).</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <remarks>Loshchilov and Hutter 2019 (arXiv 1711.05101); the defaults are fastai's, not torch's.</remarks>
    public static OptimizerFactory AdamW(
        double learningRate = 1e-3,
        double weightDecay = 1e-2,
        double momentum = 0.9,
        double squareMomentum = 0.99,
        double epsilon = 1e-5) =>
        groups => torch.optim.AdamW(
            groups.Sets.Select(set => new AdamW.ParamGroup(
                set.Parameters, learningRate, momentum, squareMomentum, epsilon, Decay(set, weightDecay))).ToArray(),
            learningRate, momentum, squareMomentum, epsilon, weightDecay);

    /// <summary>Adam; its weight decay is an L2 penalty inside the gradient.</summary>
    /// <param name="learningRate">The rate where no recipe sets another.</param>
    /// <param name="weightDecay">The factor of the penalty.</param>
    /// <param name="momentum">Decay of the mean of the gradients (beta 1).</param>
    /// <param name="squareMomentum">Decay of the mean of their squares (beta 2).</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <remarks>Kingma and Ba 2015 (arXiv 1412.6980).</remarks>
    public static OptimizerFactory Adam(
        double learningRate = 1e-3,
        double weightDecay = 0,
        double momentum = 0.9,
        double squareMomentum = 0.99,
        double epsilon = 1e-8) =>
        groups => torch.optim.Adam(
            groups.Sets.Select(set => new Adam.ParamGroup(
                set.Parameters, learningRate, momentum, squareMomentum, epsilon, Decay(set, weightDecay))).ToArray(),
            learningRate, momentum, squareMomentum, epsilon, weightDecay);

    /// <summary>Stochastic gradient descent.</summary>
    /// <param name="learningRate">The rate where no recipe sets another.</param>
    /// <param name="momentum">The share of the last step that is taken again.</param>
    /// <param name="weightDecay">The factor of an L2 penalty inside the gradient.</param>
    /// <param name="nesterov">Whether the gradient is taken where momentum would lead.</param>
    public static OptimizerFactory Sgd(
        double learningRate = 1e-2, double momentum = 0.9, double weightDecay = 0, bool nesterov = false) =>
        groups => torch.optim.SGD(
            groups.Sets.Select(set => new SGD.ParamGroup(
                set.Parameters, learningRate, momentum, 0, Decay(set, weightDecay), nesterov)).ToArray(),
            learningRate, momentum, 0, weightDecay, nesterov);

    /// <summary>Steps divided by the root of the mean squared gradient.</summary>
    /// <param name="learningRate">The rate where no recipe sets another.</param>
    /// <param name="squareMomentum">Decay of the mean of the squares (alpha).</param>
    /// <param name="momentum">The share of the last step that is taken again.</param>
    /// <param name="weightDecay">The factor of an L2 penalty inside the gradient.</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <remarks>Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning".</remarks>
    public static OptimizerFactory RmsProp(
        double learningRate = 1e-3,
        double squareMomentum = 0.99,
        double momentum = 0,
        double weightDecay = 0,
        double epsilon = 1e-8) =>
        groups => torch.optim.RMSProp(
            groups.Sets.Select(set => new RMSProp.ParamGroup(
                set.Parameters, learningRate, epsilon, squareMomentum, Decay(set, weightDecay), momentum)).ToArray(),
            learningRate, squareMomentum, epsilon, weightDecay, momentum);

    /// <summary>Orthogonal steps for filter banks, stochastic gradient descent for everything else.</summary>
    /// <param name="learningRate">The rate of the filter banks where no recipe sets another.</param>
    /// <param name="matrixRate">The rate of matrices, such as the last layer, at that rate of the banks; schedules turn
    /// all of them together.</param>
    /// <param name="vectorRate">The rate of biases, likewise.</param>
    /// <param name="momentum">The share of the last step that filter banks keep.</param>
    /// <param name="otherMomentum">The share that everything else keeps.</param>
    /// <param name="weightDecay">The share of each other weight that a step at the highest rate takes away.</param>
    /// <remarks>See <see cref="Optimization.Muon"/>. The rates of the CIFAR-10 record are 0.67 and 0.053 for a loss that
    /// is summed over the batch: for its mean, as here, they are multiplied by the batch's size.</remarks>
    public static OptimizerFactory Muon(
        double learningRate = 0.24,
        double matrixRate = 0.67,
        double vectorRate = 0.053,
        double momentum = 0.6,
        double otherMomentum = 0.85,
        double weightDecay = 0) =>
        groups => new Muon(groups.Sets.Select(set => new ParamGroup<MuonOptions>(set.Parameters, new MuonOptions
        {
            LearningRate = learningRate,
            InitialLearningRate = learningRate,
            Momentum = momentum,
            OtherMomentum = otherMomentum,
            MatrixFactor = matrixRate / learningRate,
            VectorFactor = vectorRate / learningRate,
            WeightDecay = weightDecay,
        })));

    private static double Decay(ParameterSet set, double weightDecay) => set.Decays ? weightDecay : 0;
}
