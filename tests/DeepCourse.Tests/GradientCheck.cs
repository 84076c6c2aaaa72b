using DeepCourse.Tensors;

namespace DeepCourse.Tests;

/// <summary>Compares gradients with central differences in double precision.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    /// <summary>Checks the gradients of a module's input and of all its parameters.</summary>
    /// <param name="module">Becomes float64.</param>
    /// <param name="input">Any shape.</param>
    /// <param name="tolerance">The largest relative error.</param>
    public static void Of(Module<Tensor, Tensor> module, Tensor input, double tolerance = 1e-6)
    {
        using var scope = NewDisposeScope();
        module.to(ScalarType.Float64);
        var x = input.to(ScalarType.Float64);
        Of(tensor => module.call(tensor), x, tolerance, "input");
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (!parameter.requires_grad) continue;
            Compare(() => module.call(x), parameter, tolerance, name);
        }
    }

    /// <summary>Checks the gradient of a function's input.</summary>
    /// <param name="function">From a float64 tensor to a tensor of any shape.</param>
    /// <param name="input">Any shape.</param>
    /// <param name="tolerance">The largest relative error.</param>
    /// <param name="name">What the message calls the input.</param>
    public static void Of(Func<Tensor, Tensor> function, Tensor input, double tolerance = 1e-6, string name = "input")
    {
        using var scope = NewDisposeScope();
        var x = input.detach().to(ScalarType.Float64).clone().requires_grad_();
        Compare(() => function(x), x, tolerance, name);
    }

    private static void Compare(Func<Tensor> function, Tensor variable, double tolerance, string name)
    {
        using var scope = NewDisposeScope();
        variable.grad = null;
        var output = function();
        // Random weights, so that errors of single outputs do not cancel out.
        var weights = rand_like(output) + 0.5;
        (output * weights).sum().backward();
        var analytic = variable.grad!.ReadNumbers();
        variable.grad = null;
        using var frozen = no_grad();
        var flat = variable.view(-1);
        for (var i = 0; i < analytic.Length; i++)
        {
            var numeric = (At(Step) - At(-Step)) / (2 * Step);
            var error = Math.Abs(numeric - analytic[i]) / Math.Max(1, Math.Max(Math.Abs(numeric), Math.Abs(analytic[i])));
            Assert.True(error < tolerance, $"{name}[{i}]: gradient {analytic[i]}, differences {numeric}");

            double At(double move)
            {
                using var inner = NewDisposeScope();
                flat.narrow(0, i, 1).add_(move);
                var value = (function() * weights).sum().item<double>();
                flat.narrow(0, i, 1).add_(-move);
                return value;
            }
        }
    }
}
