namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>The identity matrix, as far as the shape allows.</summary>
            public static Tensor eye_(Tensor tensor)
            {
                RequireMatrix(tensor, nameof(eye_));
                using var quiet = no_grad();
                using var identity = eye(tensor.shape[0], tensor.shape[1], tensor.dtype, tensor.device);
                return tensor.copy_(identity);
            }

            /// <summary>A convolution that passes its input on: [out, in, ...] with ones in the middle.</summary>
            public static Tensor dirac_(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length is < 3 or > 5)
                    throw new ArgumentException("dirac_ needs the weight of a convolution of one to three dimensions.");
                using var quiet = no_grad();
                using var scope = NewDisposeScope();
                tensor.zero_();
                for (var channel = 0L; channel < Math.Min(shape[0], shape[1]); channel++)
                {
                    var centre = tensor.select(0, channel).select(0, channel);
                    foreach (var size in shape.AsSpan(2)) centre = centre.select(0, size / 2);
                    centre.fill_(1.0);
                }
                return tensor;
            }

            /// <summary>Rows, or columns where there are fewer, that are orthogonal (Saxe et al. 2013).</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1)
            {
                var shape = tensor.shape;
                if (shape.Length < 2) throw new ArgumentException("orthogonal_ needs two or more dimensions.");
                if (tensor.numel() == 0) return tensor;
                using var quiet = no_grad();
                using var scope = NewDisposeScope();
                var (rows, columns) = (shape[0], tensor.numel() / shape[0]);
                var drawn = empty([rows, columns], tensor.dtype, tensor.device).normal_();
                var (q, r) = linalg.qr(rows < columns ? drawn.transpose(0, 1) : drawn);
                var signed = q.mul(r.diag().sign());
                var oriented = rows < columns ? signed.transpose(0, 1) : signed;
                tensor.copy_(oriented.reshape(shape));
                return tensor.mul_(gain);
            }

            /// <summary>Normal values with the given share of zeros in every column (Martens 2010).</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                RequireMatrix(tensor, nameof(sparse_));
                using var quiet = no_grad();
                using var scope = NewDisposeScope();
                var (rows, columns) = (tensor.shape[0], tensor.shape[1]);
                var zeros = (long)Math.Ceiling(sparsity * rows);
                tensor.normal_(0, std);
                for (var column = 0L; column < columns; column++)
                {
                    var chosen = randperm(rows).narrow(0, 0, zeros);
                    tensor.select(1, column).index_fill_(0, chosen, 0.0);
                }
                return tensor;
            }

            private static void RequireMatrix(Tensor tensor, string method)
            {
                if (tensor.shape.Length != 2) throw new ArgumentException($"{method} needs a matrix.");
            }
        }
    }
}
