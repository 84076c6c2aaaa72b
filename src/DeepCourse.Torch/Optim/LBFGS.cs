// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Limited-memory BFGS (Liu and Nocedal 1989) with a fixed step, for one group of parameters.</summary>
    public class LBFGS : torch.optim.Optimizer, torch.optim.ILearningRateController
    {
        // Below this the curvature of a pair says nothing, and it is left out.
        private const double SmallestCurvature = 1e-10;

        public double _rate;
        private readonly Parameter[] _parameters;
        private readonly long _maxIterations;
        private readonly long _maxEvaluations;
        private readonly double _gradientTolerance;
        private readonly double _changeTolerance;
        private readonly CurvatureHistory _history;
        private torch.Tensor _direction;
        private torch.Tensor _previousGradient;
        private double _stepLength;
        private bool _started;

        internal LBFGS(
            IEnumerable<Parameter> parameters, double lr, long max_iter, long? max_eval, double tolerange_grad,
            double tolerance_change, long history_size)
            : base(IntPtr.Zero)
        {
            _parameters = [.. parameters];
            (_rate, InitialLearningRate) = (lr, lr);
            _maxIterations = max_iter;
            _maxEvaluations = max_eval ?? max_iter * 5 / 4;
            (_gradientTolerance, _changeTolerance) = (tolerange_grad, tolerance_change);
            _history = new CurvatureHistory(history_size);
        }

        public double LearningRate
        {
            get => _rate;
            set => _rate = value;
        }

        public double InitialLearningRate { get; set; }

        public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => [this];

        public override IEnumerable<Parameter> parameters() => _parameters;

        /// <summary>Up to max_iter moves; the closure clears the gradients, computes the loss and its gradients.</summary>
        public override torch.Tensor step(Func<torch.Tensor> closure)
        {
            ArgumentNullException.ThrowIfNull(closure);
            var first = Evaluate(closure);
            using var scope = torch.NewDisposeScope();
            using var nothing = torch.no_grad();
            Iterate(closure, Value(first));
            Keep(_direction);
            Keep(_previousGradient);
            _history.Keep();
            return first;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _direction?.Dispose();
                _previousGradient?.Dispose();
                _history.Dispose();
            }
            base.Dispose(disposing);
        }

        private void Iterate(Func<torch.Tensor> closure, double loss)
        {
            var evaluations = 1L;
            var gradient = Gradient();
            if (Largest(gradient) <= _gradientTolerance) return;
            for (var iteration = 1L; iteration <= _maxIterations; iteration++)
            {
                var atStart = !_started;
                _started = true;
                var direction = atStart ? gradient.neg() : NextDirection(gradient);
                Replace(ref _direction, direction);
                Replace(ref _previousGradient, gradient.clone());
                var previousLoss = loss;
                _stepLength = atStart ? Math.Min(1, 1 / gradient.abs().sum().ToDouble()) * _rate : _rate;
                if (gradient.dot(direction).ToDouble() > -_changeTolerance) return;
                Move(direction);
                if (iteration == _maxIterations) return;
                using (torch.enable_grad()) loss = Value(closure());
                gradient = Gradient();
                evaluations++;
                if (evaluations >= _maxEvaluations || Largest(gradient) <= _gradientTolerance ||
                    Largest(direction) * _stepLength <= _changeTolerance || Math.Abs(loss - previousLoss) < _changeTolerance)
                    return;
            }
        }

        private torch.Tensor NextDirection(torch.Tensor gradient)
        {
            var change = gradient.sub(_previousGradient);
            var move = _direction.mul(_stepLength);
            var curvature = change.dot(move).ToDouble();
            if (curvature > SmallestCurvature) _history.Add(change, move, curvature);
            return _history.Apply(gradient.neg());
        }

        private static torch.Tensor Evaluate(Func<torch.Tensor> closure)
        {
            using var recording = torch.enable_grad();
            return closure();
        }

        private torch.Tensor Gradient() => torch.cat(
            [.. _parameters.Select(parameter => parameter.grad is { } gradient
                ? gradient.reshape(-1)
                : torch.zeros_like(parameter).reshape(-1))]);

        private void Move(torch.Tensor direction)
        {
            long offset = 0;
            foreach (var parameter in _parameters)
            {
                var count = parameter.numel();
                using var part = direction.narrow(0, offset, count).view_as(parameter);
                parameter.add_(part, _stepLength);
                offset += count;
            }
        }

        private static double Value(torch.Tensor loss) => loss.ToDouble();

        private static double Largest(torch.Tensor tensor) => tensor.abs().max().ToDouble();

        private static void Replace(ref torch.Tensor target, torch.Tensor value)
        {
            target?.Dispose();
            target = value;
        }

        private static void Keep(torch.Tensor tensor) => tensor?.DetachFromDisposeScope();
    }

    /// <summary>The latest moves and what the gradient did along them: an inverse Hessian that is never written out.</summary>
    internal sealed class CurvatureHistory(long capacity) : IDisposable
    {
        private readonly List<(torch.Tensor Change, torch.Tensor Move, double Inverse)> _pairs = [];
        private double _scale = 1;

        public void Dispose()
        {
            foreach (var (change, move, _) in _pairs)
            {
                change.Dispose();
                move.Dispose();
            }
            _pairs.Clear();
        }

        internal void Add(torch.Tensor change, torch.Tensor move, double curvature)
        {
            if (_pairs.Count == capacity)
            {
                _pairs[0].Change.Dispose();
                _pairs[0].Move.Dispose();
                _pairs.RemoveAt(0);
            }
            _pairs.Add((change, move, 1 / curvature));
            _scale = curvature / change.dot(change).ToDouble();
        }

        /// <summary>The two-loop recursion (Nocedal 1980) on the negative gradient, in place.</summary>
        internal torch.Tensor Apply(torch.Tensor vector)
        {
            var weights = new double[_pairs.Count];
            for (var i = _pairs.Count - 1; i >= 0; i--)
            {
                weights[i] = _pairs[i].Move.dot(vector).ToDouble() * _pairs[i].Inverse;
                vector.add_(_pairs[i].Change, -weights[i]);
            }
            vector.mul_(_scale);
            for (var i = 0; i < _pairs.Count; i++)
            {
                var back = _pairs[i].Change.dot(vector).ToDouble() * _pairs[i].Inverse;
                vector.add_(_pairs[i].Move, weights[i] - back);
            }
            return vector;
        }

        internal void Keep()
        {
            foreach (var (change, move, _) in _pairs)
            {
                change.DetachFromDisposeScope();
                move.DetachFromDisposeScope();
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static LBFGS LBFGS(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, long max_iter = 20,
                long? max_eval = null, double tolerange_grad = 1E-05, double tolerance_change = 1E-09,
                long history_size = 100) =>
                LBFGS(
                    parameters.Select(named => named.parameter), lr, max_iter, max_eval, tolerange_grad, tolerance_change,
                    history_size);

            public static LBFGS LBFGS(
                IEnumerable<Parameter> parameters, double lr = 0.01, long max_iter = 20, long? max_eval = null,
                double tolerange_grad = 1E-05, double tolerance_change = 1E-09, long history_size = 100) =>
                new(parameters, lr, max_iter, max_eval, tolerange_grad, tolerance_change, history_size);
        }
    }
}
