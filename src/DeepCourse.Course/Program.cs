// The part of ./course that needs the library: what the machine can do, and the data sets.
using DeepCourse.Course;
using DeepCourse.Lessons;

return args switch
{
    ["doctor"] => Doctor.Run(),
    ["data"] => DataSets.List(),
    ["data", "convert-nanodet", .. var rest] when Folders(rest) is { } folders => PretrainedWeights.ConvertNanoDet(folders.From, folders.To),
    ["data", "convert-nanodet", ..] => Usage(),
    ["data", var name] => DataSets.Fetch(name),
    _ => Usage(),
};

static (string? From, string To)? Folders(string[] words) => words switch
{
    [] => (null, "."),
    [var models] => (models, "."),
    ["--out", var to] => (null, to),
    [var models, "--out", var to] => (models, to),
    _ => null,
};

static int Usage()
{
    Console.Error.WriteLine("usage: course doctor | data [NAME] | data convert-nanodet [MODELS-FOLDER] [--out FOLDER]");
    return ExitCode.Usage;
}
