// A line through points, found by the packaged library: y = 3x + 2.
using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;
using TorchSharp;
using static TorchSharp.torch;

manual_seed(1);
using var x = rand(256, 1);
using var y = (3 * x) + 2;
var options = new LoaderOptions(32) { Sampler = Sampler.Shuffled };
using var data = new Loaders<Tensor, Tensor>(
    new TensorLoader<Tensor, Tensor>(x, y, 256, options),
    new TensorLoader<Tensor, Tensor>(x, y, 256, options with { Sampler = Sampler.Sequential }));
using var model = nn.Linear(1, 1);
using var learner = Learner.Create(data, model, Loss.MeanSquaredError, Optimizers.Sgd(0.1));
learner.FitOneCycle(20, 0.5);

var (slope, offset) = (model.weight.item<float>(), model.bias!.item<float>());
Console.WriteLine($"torch {__version__}: slope {slope:0.000}, offset {offset:0.000}");
return Math.Abs(slope - 3) < 0.05 && Math.Abs(offset - 2) < 0.05 ? 0 : 1;
