using DeepCourse.Reporting;
using TorchSharp;
using static TorchSharp.torch;
Console.WriteLine(torch.__version__);
