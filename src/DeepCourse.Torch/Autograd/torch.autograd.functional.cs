namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        public static class functional
        {
            /// <summary>The derivative of every output element by every input element, shape [output..., input...].</summary>
            public static Tensor jacobian(Func<Tensor, Tensor> function, Tensor inputs) =>
                Of(list => [function(list[0])], [inputs])[0][0];

            public static IEnumerable<Tensor> jacobian(Func<Tensor, Tensor[]> function, Tensor inputs) =>
                Of(list => function(list[0]), [inputs]).Select(row => row[0]);

            public static IEnumerable<Tensor> jacobian(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
                Of(list => [function(list)], inputs)[0];

            public static IEnumerable<Tensor> jacobian(Func<Tensor[], Tensor[]> function, params Tensor[] inputs) =>
                Of(function, inputs).SelectMany(row => row);

            /// <summary>Rows by output, columns by input. One backward pass for each output element.</summary>
            private static Tensor[][] Of(Func<Tensor[], Tensor[]> function, Tensor[] inputs)
            {
                using var recording = enable_grad();
                Tensor[] leaves = [.. inputs.Select(input => input.detach().requires_grad_())];
                return [.. function(leaves).Select(output => Row(output, leaves))];
            }

            private static Tensor[] Row(Tensor output, Tensor[] inputs)
            {
                var flat = output.reshape(-1);
                var parts = inputs.Select(_ => new List<Tensor>()).ToArray();
                for (long i = 0; i < flat.numel(); i++)
                {
                    var gradients = flat.requires_grad
                        ? grad([flat[i]], inputs, null!, retain_graph: true, allow_unused: true)
                        : new Tensor[inputs.Length];
                    for (var j = 0; j < inputs.Length; j++) parts[j].Add(gradients[j] ?? zeros_like(inputs[j]));
                }
                return [.. parts.Select((part, j) => stack(part).reshape([.. output.shape, .. inputs[j].shape]))];
            }
        }
    }
}
