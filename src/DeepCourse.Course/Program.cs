// The part of ./course that needs the library: what the machine can do, and the data sets.
using DeepCourse.Course;
using DeepCourse.Lessons;

return args switch
{
    ["doctor"] => Doctor.Run(),
    ["data"] => DataSets.List(),
    ["data", var name] => DataSets.Fetch(name),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: course doctor | data [NAME]");
    return ExitCode.Usage;
}
