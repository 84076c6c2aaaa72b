namespace DeepCourse.Torch.Generator;

/// <summary>What an optimizer is made of, beside its constructors and its rule.</summary>
/// <param name="Options">The numbers of a parameter group: real ones, and switches.</param>
/// <param name="State">What is kept of each parameter; at most one counter, two numbers and three tensors cross to the shim.</param>
internal sealed record OptimizerParts(string Name, IReadOnlyList<OptimizerField> Options, IReadOnlyList<OptimizerField> State)
{
    private OptimizerParts(string name, string options, string state) : this(name, OptimizerField.List(options), OptimizerField.List(state))
    {
    }

    public static IReadOnlyList<OptimizerParts> All { get; } =
    [
        new("SGD", "double momentum, double dampening, double weight_decay, bool nesterov, bool maximize", "Tensor momentum_buffer"),
        new("Adam", "double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize",
            "long step, Tensor exp_avg, Tensor exp_avg_sq, Tensor max_exp_avg_sq"),
        new("AdamW", "double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize",
            "long step, Tensor exp_avg, Tensor exp_avg_sq, Tensor max_exp_avg_sq"),
        new("Adamax", "double beta1, double beta2, double eps, double weight_decay", "long step, Tensor exp_avg, Tensor exp_inf"),
        new("NAdam", "double beta1, double beta2, double eps, double weight_decay, double momentum_decay",
            "long step, double mu_product, Tensor exp_avg, Tensor exp_avg_sq"),
        new("RAdam", "double beta1, double beta2, double eps, double weight_decay", "long step, Tensor exp_avg, Tensor exp_avg_sq"),
        new("RMSProp", "double alpha, double eps, double weight_decay, double momentum, bool centered, bool maximize",
            "long step, Tensor square_avg, Tensor grad_avg, Tensor momentum_buffer"),
        new("Rprop", "double etaminus, double etaplus, double min_step, double max_step, bool maximize",
            "long step, Tensor prev, Tensor step_size"),
        new("Adagrad", "double lr_decay, double weight_decay, double initial_accumulator_value, double eps", "long step, Tensor sum"),
        new("Adadelta", "double rho, double eps, double weight_decay, bool maximize", "long step, Tensor square_avg, Tensor acc_delta"),
        new("ASGD", "double lambd, double alpha, double t0, double weight_decay, bool maximize",
            "long step, double eta, double mu, Tensor ax"),
    ];

    /// <summary>Whether there are two betas to set together.</summary>
    public bool HasBetas => Options.Any(option => option.Name == "beta1");

    /// <summary>Whether there is a momentum to set.</summary>
    public bool HasMomentum => Options.Any(option => option.Name == "momentum");
}

/// <summary>A field of an optimizer's options or state.</summary>
/// <param name="Type">double or bool in options; long, double or Tensor in states.</param>
internal sealed record OptimizerField(string Type, string Name)
{
    public static IReadOnlyList<OptimizerField> List(string text) =>
        [.. text.Split(", ").Select(part => part.Split(' ')).Select(words => new OptimizerField(words[0], words[1]))];
}
